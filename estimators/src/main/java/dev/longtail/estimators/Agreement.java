package dev.longtail.estimators;

/**
 * How far two experiments agree on what they select at one threshold, as in the consistency study
 * of [FZ20] across architectures.
 *
 * @param threshold the threshold both selections use
 * @param selectedA how many the first experiment selects
 * @param selectedB how many the second selects
 * @param both how many both select
 * @param jaccard both / either, in [0, 1]; NaN where neither selects any
 * @param compared members of the union with a value in both experiments; the means are over these
 * @param meanDifference mean of (value in A - value in B) over them; NaN where there is none
 * @param standardError standard error of that mean over the members; NaN with fewer than two. It
 *     says how far other examples would change the mean, not how far other trials would
 * @param meanAbsoluteDifference mean of |value in A - value in B| over them; NaN where there is
 *     none
 */
public record Agreement(
        double threshold,
        long selectedA,
        long selectedB,
        long both,
        double jaccard,
        long compared,
        double meanDifference,
        double standardError,
        double meanAbsoluteDifference) {

    /** How many either of them selects. */
    public long either() {
        return selectedA + selectedB - both;
    }

    /** Counts the members of both selections, one call per member of the union. */
    static final class Counter {

        private final double threshold;
        private long selectedA;
        private long selectedB;
        private long both;
        private long compared;
        private double differences;
        private double squares;
        private double absoluteDifferences;

        Counter(double threshold) {
            this.threshold = threshold;
        }

        /** Counts one example or pair by its values, NaN where an experiment has none. */
        void add(double valueA, double valueB) {
            boolean inA = valueA >= threshold;
            boolean inB = valueB >= threshold;
            if (!inA && !inB) {
                return;
            }
            selectedA += inA ? 1 : 0;
            selectedB += inB ? 1 : 0;
            both += inA && inB ? 1 : 0;
            double difference = valueA - valueB;
            if (!Double.isNaN(difference)) {
                compared++;
                differences += difference;
                squares += difference * difference;
                absoluteDifferences += Math.abs(difference);
            }
        }

        Agreement agreement() {
            double mean = differences / compared;
            double variance = Math.max(0, squares - compared * mean * mean) / (compared - 1);
            return new Agreement(
                    threshold,
                    selectedA,
                    selectedB,
                    both,
                    (double) both / (selectedA + selectedB - both),
                    compared,
                    mean,
                    compared < 2 ? Double.NaN : Math.sqrt(variance / compared),
                    absoluteDifferences / compared);
        }
    }
}
