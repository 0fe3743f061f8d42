package dev.longtail.trials.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrialSeedsTest {

    /** The published first outputs of SplitMix64 from state 0 (Vigna's splitmix64.c). */
    private static final long[] SPLIT_MIX_64_FROM_0 = {
        0xe220a8397b1dcdafL, 0x6e789e6aa1b965f4L, 0x06c45d188009454fL, 0xf88bb8a8724c81ecL
    };

    @Test
    void trialSeedsAreTheOutputsOfSplitMix64() {
        for (int k = 0; k < SPLIT_MIX_64_FROM_0.length; k++) {
            assertThat(TrialSeeds.of(0, k).trial()).isEqualTo(SPLIT_MIX_64_FROM_0[k]);
        }
    }

    @Test
    void allSeedsOfManyTrialsDiffer() {
        Set<Long> seeds = new HashSet<>();
        for (int k = 0; k < 10_000; k++) {
            TrialSeeds trial = TrialSeeds.of(1, k);
            seeds.add(trial.trial());
            seeds.add(trial.subset());
            seeds.add(trial.initialization());
            seeds.add(trial.order());
        }
        assertThat(seeds).hasSize(40_000);
    }
}
