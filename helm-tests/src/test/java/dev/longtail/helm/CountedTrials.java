package dev.longtail.helm;

import dev.longtail.estimators.InOutCounts;
import dev.longtail.schemas.Trial;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Predicate;

/**
 * Trials and their counts by plain loops.
 *
 * @param trials each trial once
 */
record CountedTrials(List<Bits> trials) {

    /** What of a trial is counted, one entry per example. */
    record Bits(boolean[] mask, boolean[] trainCorrect, boolean[] testCorrect) {

        static Bits of(Trial trial) {
            return new Bits(
                    unpacked(trial.getMask(), TestExperiment.TRAIN),
                    unpacked(trial.getTrainCorrect(), TestExperiment.TRAIN),
                    unpacked(trial.getTestCorrect(), TestExperiment.TEST));
        }

        private static boolean[] unpacked(ByteBuffer bits, int size) {
            boolean[] unpacked = new boolean[size];
            for (int k = 0; k < size; k++) {
                unpacked[k] = (bits.get(bits.position() + k / 8) >> (k % 8) & 1) == 1;
            }
            return unpacked;
        }
    }

    int count() {
        return trials.size();
    }

    InOutCounts own(int train) {
        return counts(train, trial -> trial.trainCorrect()[train]);
    }

    InOutCounts pair(int train, int test) {
        return counts(train, trial -> trial.testCorrect()[test]);
    }

    private InOutCounts counts(int train, Predicate<Bits> correct) {
        long in = 0;
        long inCorrect = 0;
        long outCorrect = 0;
        for (Bits trial : trials) {
            boolean included = trial.mask()[train];
            in += included ? 1 : 0;
            inCorrect += included && correct.test(trial) ? 1 : 0;
            outCorrect += !included && correct.test(trial) ? 1 : 0;
        }
        return new InOutCounts(in, inCorrect, trials.size() - in, outCorrect);
    }
}
