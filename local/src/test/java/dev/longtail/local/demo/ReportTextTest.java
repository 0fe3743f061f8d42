package dev.longtail.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReportTextTest {

    @Test
    void undefinedFiguresAreCalledSo() {
        assertThat(ReportText.of(report(null)))
                .startsWith(
                        "Found by 1,900 trials of the experiment 'demo' (1,900 of them in this run of 89 s):")
                .contains("mean standard error undefined", "confirmed pairs not available")
                .doesNotContain("converged", "Held against");
    }

    @Test
    void figuresOfConvergedTrialsOnlyAreCalledSo() {
        assertThat(ReportText.of(report(100L)).lines().toList().get(1))
                .isEqualTo(
                        "  all figures from                 converged trials only: 100 left out by their outcome, which changes what is estimated");
    }

    private static DemoReport report(Long leftOut) {
        return new DemoReport(
                "demo", 1_900, 89, 1_900, leftOut, null, 0.99, 0.8, 0.85, 43, 0.25, 0.15, 45, null,
                null, null);
    }
}
