package dev.longtail.dashboard.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.longtail.schemas.Convergence;
import java.time.Instant;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

class ConvergenceSeriesTest {

    private final ConvergenceSeries series = new ConvergenceSeries();

    private static Convergence record(long attempt, long block) {
        return Convergence.newBuilder()
                .setExperiment("e")
                .setAttempt(attempt)
                .setBlock(block)
                .setEmittedAt(Instant.EPOCH.plusSeconds(block))
                .setTrials(10 * block)
                .setReceived(10 * block)
                .build();
    }

    @Test
    void replacesWhatALostAttemptHadSent() {
        for (long block = 1; block <= 5; block++) {
            series.add(record(1, block));
        }
        series.add(record(2, 3));
        assertThat(series.copy())
                .extracting(Convergence::getAttempt, Convergence::getBlock)
                .containsExactly(tuple(1L, 1L), tuple(1L, 2L), tuple(2L, 3L));
    }

    @Test
    void passesOverWhatItHasReadBefore() {
        series.add(record(1, 1));
        series.add(record(1, 2));
        series.add(record(1, 1));
        assertThat(series.copy()).extracting(Convergence::getBlock).containsExactly(1L, 2L);
    }

    @Test
    void staysBoundedAndKeepsItsEnds() {
        int added = 3 * ConvergenceSeries.MOST_RECORDS;
        for (long block = 1; block <= added; block++) {
            series.add(record(1, block));
        }
        assertThat(series.copy()).hasSizeLessThanOrEqualTo(ConvergenceSeries.MOST_RECORDS);
        assertThat(series.copy().get(0).getBlock()).isEqualTo(1);
        assertThat(series.copy().get(series.copy().size() - 1).getBlock()).isEqualTo(added);
        assertThat(series.copy())
                .isSortedAccordingTo(Comparator.comparingLong(Convergence::getBlock));
    }
}
