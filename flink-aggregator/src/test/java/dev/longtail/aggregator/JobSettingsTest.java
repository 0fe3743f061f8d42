package dev.longtail.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JobSettingsTest {

    @Test
    void barriersWaitForNoNegativeTime() {
        assertThat(settings("--alignment-timeout=0").alignmentTimeoutMillis()).isZero();
        assertThatThrownBy(() -> settings("--alignment-timeout=-1").alignmentTimeoutMillis())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected --alignment-timeout of at least 0 ms, found -1");
    }

    private static JobSettings settings(String option) {
        return JobSettings.parse("--bootstrap-servers=any:1", "--experiment=any", option);
    }
}
