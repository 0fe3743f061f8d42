package dev.longtail.estimators.counting;

import dev.longtail.estimators.InOutCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The naive reference: trials as boolean matrices, counted one by one. */
record BooleanTrials(boolean[][] included, boolean[][] trainCorrect, boolean[][] testCorrect) {

    static BooleanTrials random(Random random, int trials, int train, int test) {
        return new BooleanTrials(
                bits(random, trials, train, 0.7),
                bits(random, trials, train, 0.6),
                bits(random, trials, test, random.nextDouble()));
    }

    private static boolean[][] bits(Random random, int rows, int columns, double share) {
        boolean[][] bits = new boolean[rows][columns];
        for (boolean[] row : bits) {
            for (int i = 0; i < columns; i++) {
                row[i] = random.nextDouble() < share;
            }
        }
        return bits;
    }

    int trials() {
        return included.length;
    }

    int train() {
        return included[0].length;
    }

    int test() {
        return testCorrect[0].length;
    }

    TrialBlock block(long number, int from, int to) {
        return new TrialBlock(
                number,
                from,
                to == trials(),
                packed(included, from, to),
                packed(trainCorrect, from, to),
                packed(testCorrect, from, to),
                train(),
                test());
    }

    static List<byte[]> packed(boolean[][] bits, int from, int to) {
        List<byte[]> packed = new ArrayList<>();
        for (int k = from; k < to; k++) {
            byte[] bytes = new byte[(bits[k].length + 7) / 8];
            for (int i = 0; i < bits[k].length; i++) {
                if (bits[k][i]) {
                    bytes[i / 8] |= (byte) (1 << i % 8);
                }
            }
            packed.add(bytes);
        }
        return packed;
    }

    InOutCounts pair(int i, int j) {
        return count(i, testCorrect, j, 1);
    }

    InOutCounts own(int i) {
        return count(i, trainCorrect, i, 1);
    }

    InOutCounts evenOwn(int i) {
        return count(i, trainCorrect, i, 2);
    }

    private InOutCounts count(int i, boolean[][] correct, int j, int step) {
        int in = 0;
        int inCorrect = 0;
        int out = 0;
        int outCorrect = 0;
        for (int k = 0; k < trials(); k += step) {
            if (included[k][i]) {
                in++;
                inCorrect += correct[k][j] ? 1 : 0;
            } else {
                out++;
                outCorrect += correct[k][j] ? 1 : 0;
            }
        }
        return new InOutCounts(in, inCorrect, out, outCorrect);
    }
}
