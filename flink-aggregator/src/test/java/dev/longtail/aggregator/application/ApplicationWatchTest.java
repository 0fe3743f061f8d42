package dev.longtail.aggregator.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class ApplicationWatchTest {

    @Test
    void asksItsOwnProcess() {
        assertThat(rest(Map.of())).isEqualTo("http://127.0.0.1:8081");
        assertThat(
                        rest(
                                Map.of(
                                        "jobmanager.rpc.address", "digits-jobmanager",
                                        "rest.bind-address", "0.0.0.0",
                                        "rest.port", "9081")))
                .isEqualTo("http://127.0.0.1:9081");
        assertThat(rest(Map.of("jobmanager.rpc.address", "digits-jobmanager")))
                .isEqualTo("http://digits-jobmanager:8081");
    }

    private static String rest(Map<String, String> options) {
        return ApplicationWatch.ownRest(Configuration.fromMap(options)).toString();
    }
}
