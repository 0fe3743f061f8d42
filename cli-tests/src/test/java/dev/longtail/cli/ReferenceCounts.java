package dev.longtail.cli;

import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.PackedBits;
import dev.longtail.schemas.Trial;
import java.nio.ByteBuffer;
import java.util.Collection;

/** The counters of the paper's formula, straight from the trials, one bit at a time. */
final class ReferenceCounts {

    final int[] included;
    final int[] includedCorrect;
    final int[] excludedCorrect;
    final int[] correct;
    final int[][] pairIncludedCorrect;
    final int trials;

    ReferenceCounts(Experiment experiment, Collection<Trial> trials) {
        int n = experiment.getTrainSize();
        int m = experiment.getTestSize();
        this.trials = trials.size();
        included = new int[n];
        includedCorrect = new int[n];
        excludedCorrect = new int[n];
        correct = new int[m];
        pairIncludedCorrect = new int[n][m];
        for (Trial trial : trials) {
            add(
                    bits(trial.getMask(), n),
                    bits(trial.getTrainCorrect(), n),
                    bits(trial.getTestCorrect(), m));
        }
    }

    private void add(boolean[] mask, boolean[] train, boolean[] test) {
        for (int j = 0; j < test.length; j++) {
            correct[j] += test[j] ? 1 : 0;
        }
        for (int i = 0; i < mask.length; i++) {
            if (!mask[i]) {
                excludedCorrect[i] += train[i] ? 1 : 0;
                continue;
            }
            included[i]++;
            includedCorrect[i] += train[i] ? 1 : 0;
            for (int j = 0; j < test.length; j++) {
                pairIncludedCorrect[i][j] += test[j] ? 1 : 0;
            }
        }
    }

    double memorization(int i) {
        return (double) includedCorrect[i] / included[i]
                - (double) excludedCorrect[i] / (trials - included[i]);
    }

    double influence(int i, int j) {
        int in = pairIncludedCorrect[i][j];
        return (double) in / included[i] - (double) (correct[j] - in) / (trials - included[i]);
    }

    private static boolean[] bits(ByteBuffer buffer, int size) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return PackedBits.unpack(bytes, size);
    }
}
