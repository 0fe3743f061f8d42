package dev.longtail.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.schemas.Experiment;
import org.junit.jupiter.api.Test;

class JobSettingsTest {

    @Test
    void barriersWaitForNoNegativeTime() {
        Experiment experiment = new RandomTrials("any", 10, 10, 1, 1).experiment();
        JobSettings none = settings("--alignment-timeout=0");
        assertThat(none.alignmentTimeoutMillis()).isZero();
        assertThat(none.plan(experiment).experiment()).isEqualTo("any");

        assertThatThrownBy(() -> settings("--alignment-timeout=-1").plan(experiment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected --alignment-timeout of at least 0 ms, found -1");
    }

    private static JobSettings settings(String option) {
        return JobSettings.parse("--bootstrap-servers=any:1", "--experiment=any", option);
    }
}
