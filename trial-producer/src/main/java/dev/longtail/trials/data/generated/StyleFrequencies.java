package dev.longtail.trials.data.generated;

import java.util.ArrayList;
import java.util.List;

/** How many training examples of a class are written in each of its styles: a power law. */
final class StyleFrequencies {

    /** Exponent of the law: the style of rank r has about count(0) / (r + 1)^1.5 examples. */
    private static final double EXPONENT = 1.5;

    /** Share of a class that is written in the most common style: 1 / zeta(1.5). */
    private static final double FIRST = 0.383;

    private StyleFrequencies() {}

    /**
     * Counts by rank, most common first; the tail is made of ones.
     *
     * @param examples number of examples of the class
     * @return counts that never grow, each at least 1, with the sum {@code examples}
     */
    static int[] of(int examples) {
        List<Integer> counts = new ArrayList<>();
        int left = examples;
        while (left > 0) {
            double wanted = FIRST * examples / StrictMath.pow(counts.size() + 1.0, EXPONENT);
            int count = Math.min(left, Math.max(1, (int) Math.round(wanted)));
            counts.add(count);
            left -= count;
        }
        return counts.stream().mapToInt(Integer::intValue).toArray();
    }
}
