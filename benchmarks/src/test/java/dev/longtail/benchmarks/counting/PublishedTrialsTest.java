package dev.longtail.benchmarks.counting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PublishedTrialsTest {

    @Test
    void estimatesFromSoManyTrialsIncludeTheFirstOnes() {
        PublishedTrials trials = new PublishedTrials(10, 3);
        trials.publish(100);
        trials.publish(110);
        trials.include(10, 150);
        assertThat(trials.waited()).isEmpty();
        trials.include(11, 160);
        assertThat(trials.waited()).containsExactly(60);
        trials.publish(165);
        trials.include(13, 170);
        assertThat(trials.waited()).containsExactly(60, 60, 5);
        assertThat(trials.isDone()).isTrue();
        trials.include(13, 999);
        assertThat(trials.waited()).containsExactly(60, 60, 5);
    }

    @Test
    void quantilesAreInMilliseconds() {
        long[] nanos = new long[101];
        for (int k = 0; k <= 100; k++) {
            nanos[k] = (100 - k) * 1_000_000L;
        }
        assertThat(Times.ofNanos(nanos)).isEqualTo(new Times(101, 50, 99, 100));
        assertThat(Times.ofNanos(new long[0])).isNull();
    }

    @Test
    void theTableLeavesOutWhatWasNotMeasured() {
        CheckpointFigures checkpoints = new CheckpointFigures(1, 1, 30, 20, "fold", 1, 1, 2);
        LatencyRun run =
                new LatencyRun(
                        new Scenario(40, 30, 15, "none", 1, 2),
                        10,
                        7,
                        1.5,
                        4,
                        new Times(5, 1, 2, 3),
                        null,
                        new Times(6, 4, 5, 6),
                        0,
                        0.05,
                        0.1,
                        checkpoints);
        assertThat(LatencyTable.of(run))
                .contains("5 trials in", "5.0 % of the time", "held up 20 ms")
                .doesNotContain("influence of a pair", "null");
        assertThat(List.of(LatencyTable.of(run).split("\n"))).hasSizeGreaterThan(5);
    }
}
