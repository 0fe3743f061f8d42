package dev.longtail.estimators;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The subsampled estimate against its definition, by real trainings: infl_m(i, j) is the expected
 * effect on j of adding i to a random subset of m - 1 other examples. And the distance of both to
 * the effect of leaving i out of the full training set, which is another quantity.
 *
 * <p>Subsets of a fixed size m that leave i out hold m other examples, one more than the definition
 * has: the estimate differs from infl_m by the effect of one more random example, of order 1/m. At
 * m = 35 that is visible with enough trials, so it is measured too, and taken into account where
 * the errors are small.
 */
class SubsampledInfluenceTest {

    private static final int CLASSES = 3;
    private static final int TRAINS = 50;
    private static final int TESTS = 30;
    private static final int SUBSET = 35;
    private static final int REPETITIONS = 1_000;

    private final SplittableRandom random = new SplittableRandom(121);
    private final TinyLearner learner = learner();

    @Test
    void agreesWithTrainingWithAndWithoutEachExample() {
        InOutCounts[][] few = subsampled(1_000);
        InOutCounts[][] many = subsampled(8_000);
        Comparison asDefined = new Comparison();
        Comparison ofEqualSize = new Comparison();
        Comparison memorizationAsDefined = new Comparison();
        Comparison memorizationOfEqualSize = new Comparison();
        Gap oneMore = new Gap();
        Gap memorizationGap = new Gap();
        Gap influenceGap = new Gap();
        for (int i = 0; i < TRAINS; i++) {
            Effects direct = directEffects(i, SUBSET - 1);
            Effects leaveOneOut = directEffects(i, TRAINS - 1);
            for (int column = 0; column <= TESTS; column++) {
                boolean own = column == TESTS;
                (own ? memorizationAsDefined : asDefined)
                        .add(Estimate.of(few[i][column]), direct.adding()[column]);
                (own ? memorizationOfEqualSize : ofEqualSize)
                        .add(Estimate.of(many[i][column]), direct.exchanging()[column]);
                oneMore.add(direct.exchanging()[column], direct.adding()[column]);
                (own ? memorizationGap : influenceGap)
                        .add(leaveOneOut.adding()[column], direct.adding()[column]);
            }
        }
        note("memorization, 1,000 trials against infl_m: " + memorizationAsDefined);
        note("influence, 1,000 trials against infl_m: " + asDefined);
        note(
                "memorization, 8,000 trials against subsets of equal size: "
                        + memorizationOfEqualSize);
        note("influence, 8,000 trials against subsets of equal size: " + ofEqualSize);
        note("subsets of equal size minus infl_m: " + oneMore);
        note("memorization, leave-one-out of all minus infl_m: " + memorizationGap);
        note("influence, leave-one-out of all minus infl_m: " + influenceGap);

        memorizationAsDefined.assertAgreement();
        asDefined.assertAgreement();
        memorizationOfEqualSize.assertAgreement();
        ofEqualSize.assertAgreement();
        // Something is memorized and influenced, else the agreement would be empty.
        assertThat(memorizationAsDefined.largest).isGreaterThan(0.4);
        assertThat(asDefined.largest).isGreaterThan(0.3);
        // With more data around, look-alikes are present more often: less is memorized.
        assertThat(memorizationGap.mean() + 1.96 * memorizationGap.error()).isNegative();
    }

    private static void note(String figure) {
        Figures.note(SubsampledInfluenceTest.class, figure);
    }

    /**
     * Effects of one example on every test example, then on itself.
     *
     * @param adding right with it minus right without it
     * @param exchanging right with it minus right with a random other example in its place
     */
    private record Effects(Effect[] adding, Effect[] exchanging) {}

    /** Mean effect of one example on one prediction, with its standard error. */
    private record Effect(double value, double standardError) {}

    /** Whether two estimates of the same quantities differ by more than their errors say. */
    private static final class Comparison {

        private int compared;
        private int beyondThree;
        private double squares;
        private double differences;
        private double largest;

        void add(Estimate estimate, Effect direct) {
            double error = Math.hypot(estimate.standardError(), direct.standardError());
            double difference = estimate.value() - direct.value();
            if (error > 0) {
                compared++;
                squares += difference * difference / (error * error);
                differences += difference;
                beyondThree += Math.abs(difference) > 3 * error ? 1 : 0;
            }
            largest = Math.max(largest, estimate.value());
        }

        void assertAgreement() {
            assertThat(squares / compared)
                    .as("mean squared difference in errors")
                    .isBetween(0.6, 1.4);
            assertThat((double) beyondThree / compared).isLessThanOrEqualTo(0.02);
        }

        @Override
        public String toString() {
            return "%d compared, mean squared difference %.3f (in standard errors), %d beyond 3, mean difference %.5f, largest value %.2f"
                    .formatted(
                            compared,
                            squares / compared,
                            beyondThree,
                            differences / compared,
                            largest);
        }
    }

    /** Mean difference of two quantities over examples that were measured independently. */
    private static final class Gap {

        private int count;
        private double sum;
        private double variances;
        private double largest;

        void add(Effect one, Effect other) {
            double difference = one.value() - other.value();
            count++;
            sum += difference;
            variances += Math.pow(one.standardError(), 2) + Math.pow(other.standardError(), 2);
            largest = Math.max(largest, Math.abs(difference));
        }

        double mean() {
            return sum / count;
        }

        /** Standard error of the mean; the columns of one example are taken as fully dependent. */
        double error() {
            double independent = Math.sqrt(variances) / count;
            return count > TRAINS ? independent * Math.sqrt(TESTS) : independent;
        }

        @Override
        public String toString() {
            return "mean %.4f, 95 %% interval %.4f to %.4f, largest in absolute value %.3f"
                    .formatted(mean(), mean() - 1.96 * error(), mean() + 1.96 * error(), largest);
        }
    }

    /** Counts over subsampled trials: per training example its tests, then itself. */
    private InOutCounts[][] subsampled(int trials) {
        int[] included = new int[TRAINS];
        int[][] inCorrect = new int[TRAINS][TESTS + 1];
        int[][] outCorrect = new int[TRAINS][TESTS + 1];
        for (int trial = 0; trial < trials; trial++) {
            boolean[] mask = subset(SUBSET, -1);
            TinyLearner.Outcome outcome = learner.train(mask, random.nextLong());
            for (int i = 0; i < TRAINS; i++) {
                included[i] += mask[i] ? 1 : 0;
                int[] row = mask[i] ? inCorrect[i] : outCorrect[i];
                for (int column = 0; column <= TESTS; column++) {
                    row[column] += right(outcome, i, column) ? 1 : 0;
                }
            }
        }
        InOutCounts[][] counts = new InOutCounts[TRAINS][TESTS + 1];
        for (int i = 0; i < TRAINS; i++) {
            for (int column = 0; column <= TESTS; column++) {
                counts[i][column] =
                        new InOutCounts(
                                included[i],
                                inCorrect[i][column],
                                trials - included[i],
                                outCorrect[i][column]);
            }
        }
        return counts;
    }

    /** Trains with, without and with another example instead, all with the same seed. */
    private Effects directEffects(int example, int others) {
        int[][] adding = new int[TESTS + 1][REPETITIONS];
        int[][] exchanging = new int[TESTS + 1][REPETITIONS];
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            boolean[] mask = subset(others, example);
            long seed = random.nextLong();
            TinyLearner.Outcome without = learner.train(mask, seed);
            TinyLearner.Outcome with = learner.train(including(mask, example), seed);
            TinyLearner.Outcome instead =
                    others + 1 == TRAINS
                            ? without
                            : learner.train(including(mask, another(mask, example)), seed);
            for (int column = 0; column <= TESTS; column++) {
                int right = right(with, example, column) ? 1 : 0;
                adding[column][repetition] = right - (right(without, example, column) ? 1 : 0);
                exchanging[column][repetition] = right - (right(instead, example, column) ? 1 : 0);
            }
        }
        return new Effects(means(adding), means(exchanging));
    }

    private static Effect[] means(int[][] effects) {
        return Arrays.stream(effects)
                .map(
                        sample -> {
                            double mean = Arrays.stream(sample).average().orElseThrow();
                            double squares = Arrays.stream(sample).mapToDouble(e -> e * e).sum();
                            double variance = squares / REPETITIONS - mean * mean;
                            return new Effect(mean, Math.sqrt(variance / (REPETITIONS - 1)));
                        })
                .toArray(Effect[]::new);
    }

    private static boolean[] including(boolean[] mask, int example) {
        boolean[] larger = mask.clone();
        larger[example] = true;
        return larger;
    }

    /** A random example that is neither in the subset nor the given one. */
    private int another(boolean[] mask, int example) {
        int other = random.nextInt(TRAINS);
        while (mask[other] || other == example) {
            other = random.nextInt(TRAINS);
        }
        return other;
    }

    private static boolean right(TinyLearner.Outcome outcome, int example, int column) {
        return column == TESTS ? outcome.trainCorrect()[example] : outcome.testCorrect()[column];
    }

    /** A uniformly random subset of the given size that leaves one example out. */
    private boolean[] subset(int size, int leftOut) {
        boolean[] mask = new boolean[TRAINS];
        for (int chosen = 0; chosen < size; ) {
            int i = random.nextInt(TRAINS);
            if (!mask[i] && i != leftOut) {
                mask[i] = true;
                chosen++;
            }
        }
        return mask;
    }

    /** Classes of common and rare groups of points in the plane, some labels flipped. */
    private TinyLearner learner() {
        double[][] train = new double[TRAINS][];
        int[] trainLabels = new int[TRAINS];
        double[][] test = new double[TESTS][];
        int[] testLabels = new int[TESTS];
        for (int i = 0; i < TRAINS; i++) {
            int group = i < 36 ? i % 3 : 3 + i % 6;
            train[i] = point(group);
            trainLabels[i] = i % 17 == 5 ? (group + 1) % CLASSES : group % CLASSES;
        }
        for (int j = 0; j < TESTS; j++) {
            int group = j < 15 ? j % 3 : 3 + j % 6;
            test[j] = point(group);
            testLabels[j] = group % CLASSES;
        }
        return new TinyLearner(train, trainLabels, test, testLabels, CLASSES);
    }

    private double[] point(int group) {
        double radius = group < 3 ? 0.6 : 1.2;
        double angle = group * 2.1 + (group < 3 ? 0 : 0.9);
        double spread = group < 3 ? 0.3 : 0.15;
        return new double[] {
            radius * Math.cos(angle) + random.nextDouble(-spread, spread),
            radius * Math.sin(angle) + random.nextDouble(-spread, spread)
        };
    }
}
