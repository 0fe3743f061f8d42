package dev.longtail.trials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrialRangeTest {

    @Test
    void readsCountsAndRanges() {
        assertThat(TrialRange.parse("200")).isEqualTo(new TrialRange(0, 199));
        assertThat(TrialRange.parse("100..199")).isEqualTo(new TrialRange(100, 199));
        assertThat(TrialRange.parse("7..7")).isEqualTo(new TrialRange(7, 7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-3", "5..3", "a..b", "1...2", "1..", "99999999999999999999"})
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> TrialRange.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
    }

    @Test
    void workersShareTrialsWithoutOverlapOrGap() {
        TrialRange range = new TrialRange(5, 1_004);
        List<Long> all = new ArrayList<>();
        for (int index = 0; index < 16; index++) {
            all.addAll(range.share(WorkerShare.parse(index + "/16", Map.of())));
        }
        assertThat(all)
                .hasSize(1_000)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(5, 1_004).boxed().toList());
    }

    @Test
    void takesItsIndexFromAnIndexedJob() {
        assertThat(WorkerShare.parse("job/16", Map.of("JOB_COMPLETION_INDEX", "3")))
                .isEqualTo(new WorkerShare(3, 16));
        assertThatThrownBy(() -> WorkerShare.parse("job/16", Map.of()))
                .hasMessageContaining("JOB_COMPLETION_INDEX");
        assertThatThrownBy(() -> WorkerShare.parse("job/3", Map.of("JOB_COMPLETION_INDEX", "3")))
                .hasMessageContaining("0 <= INDEX < COUNT, found 3/3");
    }
}
