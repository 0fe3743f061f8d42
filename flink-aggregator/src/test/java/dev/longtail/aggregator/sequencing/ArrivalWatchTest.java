package dev.longtail.aggregator.sequencing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.aggregator.Pacing;
import dev.longtail.aggregator.sequencing.ArrivalWatch.Arrivals;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArrivalWatchTest {

    private static final long START = 1_700_000_000_000L;

    /** 100 trials in two seconds fill a block before the next refresh. */
    private final ArrivalWatch watch = new ArrivalWatch(new Pacing(100, 2_000, 0.05));

    @BeforeEach
    void lookOnce() {
        assertThat(watch.look(START, 0)).isEqualTo(Arrivals.NONE);
    }

    @Test
    void aBlockIsFillingWhereTheRestComesBeforeTheNextRefresh() {
        assertThat(watch.look(START + 250, 12)).isEqualTo(Arrivals.FILLING);
        assertThat(watch.look(START + 500, 22)).isEqualTo(Arrivals.FILLING);
    }

    @Test
    void trialsAreSlowWhereItComesLater() {
        assertThat(watch.look(START + 250, 11)).isEqualTo(Arrivals.SLOW);
        assertThat(watch.look(START + 500, 20)).isEqualTo(Arrivals.SLOW);
    }

    @Test
    void aPauseIsOneOfTrialsThatWait() {
        watch.look(START + 250, 50);
        assertThat(watch.look(START + 500, 50)).isEqualTo(Arrivals.PAUSED);
        watch.look(START + 750, 0);
        assertThat(watch.look(START + 1_000, 0)).isEqualTo(Arrivals.NONE);
    }

    @Test
    void aBlockThatWasSentIsNoArrival() {
        watch.look(START + 250, 100);
        assertThat(watch.look(START + 500, 5)).isEqualTo(Arrivals.SLOW);
    }
}
