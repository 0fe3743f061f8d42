package dev.longtail.estimators.counting;

import java.util.Arrays;

/**
 * Passes in loops that HotSpot's compilers vectorise or at least take apart: those of JDK 17 leave
 * a reduction to a single value as one chain.
 */
final class PlainRowPasses implements RowPasses {

    @Override
    public long read(PairCounters pairs, int row, int[] inCorrect) {
        pairs.copyRow(row, inCorrect, 0);
        long sum0 = 0;
        long sum1 = 0;
        long sum2 = 0;
        long sum3 = 0;
        int c = 0;
        for (; c + 4 <= inCorrect.length; c += 4) {
            sum0 += inCorrect[c];
            sum1 += inCorrect[c + 1];
            sum2 += inCorrect[c + 2];
            sum3 += inCorrect[c + 3];
        }
        for (; c < inCorrect.length; c++) {
            sum0 += inCorrect[c];
        }
        return sum0 + sum1 + sum2 + sum3;
    }

    @Override
    public void score(int[] inCorrect, int[] correct, int a, int b, int[] scores, int[] largest) {
        multiply(scores, inCorrect, correct, a, b, scores.length);
        for (int run = 0; run < largest.length; run++) {
            largest[run] = largest(scores, run * RUN, Math.min((run + 1) * RUN, scores.length));
        }
    }

    private static void multiply(
            int[] scores, int[] inCorrect, int[] correct, int a, int b, int columns) {
        for (int c = 0; c < columns; c++) {
            scores[c] = a * inCorrect[c] - b * correct[c];
        }
    }

    private static int largest(int[] scores, int from, int to) {
        int largest0 = scores[from];
        int largest1 = largest0;
        int largest2 = largest0;
        int largest3 = largest0;
        int c = from;
        for (; c + 4 <= to; c += 4) {
            largest0 = Math.max(largest0, scores[c]);
            largest1 = Math.max(largest1, scores[c + 1]);
            largest2 = Math.max(largest2, scores[c + 2]);
            largest3 = Math.max(largest3, scores[c + 3]);
        }
        for (; c < to; c++) {
            largest0 = Math.max(largest0, scores[c]);
        }
        return Math.max(Math.max(largest0, largest1), Math.max(largest2, largest3));
    }

    @Override
    public void compare(int[] scores, int[] lower, int[] upper, int[] outside, int[] anyOutside) {
        compare(outside, scores, lower, upper, scores.length);
        // Whoever looks for them looks as fast.
        Arrays.fill(anyOutside, -1);
    }

    /** The sign of an OR is that of any difference. */
    private static void compare(
            int[] outside, int[] scores, int[] lower, int[] upper, int columns) {
        for (int c = 0; c < columns; c++) {
            outside[c] = upper[c] - 1 - scores[c] | scores[c] - 1 - lower[c];
        }
    }
}
