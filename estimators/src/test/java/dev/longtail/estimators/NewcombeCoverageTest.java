package dev.longtail.estimators;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exact coverage of the interval for a fixed number of trials: summed over all outcomes. */
class NewcombeCoverageTest {

    private static final double[] ACCURACIES = {
        0, 0.0003, 0.001, 0.003, 0.005, 0.01, 0.02, 0.05, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.98, 0.99,
        0.995, 0.997, 0.999, 0.9997, 1
    };

    private static final double ROUNDING = 1e-12;

    @ParameterizedTest
    @ValueSource(ints = {50, 100, 200, 500, 1000})
    void coversAtItsLevel(int trials) {
        int in = (int) Math.round(0.7 * trials);
        int out = trials - in;
        Interval[][] intervals = allIntervals(in, out);
        double least = 1;
        double leastRegular = 1;
        double mostRegular = 0;
        for (double q1 : ACCURACIES) {
            for (double q0 : ACCURACIES) {
                double coverage = coverage(intervals, in, q1, out, q0);
                least = Math.min(least, coverage);
                if (expectsFive(in, q1) && expectsFive(out, q0)) {
                    leastRegular = Math.min(leastRegular, coverage);
                    mostRegular = Math.max(mostRegular, coverage);
                }
            }
        }
        Figures.note(
                NewcombeCoverageTest.class,
                "coverage at t = %d".formatted(trials)
                        + ": "
                        + "%.4f to %.4f where five are expected, least %.4f"
                                .formatted(leastRegular, mostRegular, least));
        assertThat(leastRegular).isGreaterThanOrEqualTo(0.93);
        assertThat(mostRegular).isLessThanOrEqualTo(0.97);
        assertThat(least).isGreaterThanOrEqualTo(0.93);
    }

    private static boolean expectsFive(int trials, double accuracy) {
        return trials * accuracy >= 5 && trials * (1 - accuracy) >= 5;
    }

    private static Interval[][] allIntervals(int in, int out) {
        NewcombeInterval newcombe = NewcombeInterval.atLevel(0.05);
        Interval[][] intervals = new Interval[in + 1][out + 1];
        for (int inCorrect = 0; inCorrect <= in; inCorrect++) {
            for (int outCorrect = 0; outCorrect <= out; outCorrect++) {
                intervals[inCorrect][outCorrect] =
                        newcombe.of(new InOutCounts(in, inCorrect, out, outCorrect));
            }
        }
        return intervals;
    }

    private static double coverage(Interval[][] intervals, int in, double q1, int out, double q0) {
        double[] inProbabilities = probabilities(in, q1);
        double[] outProbabilities = probabilities(out, q0);
        double truth = q1 - q0;
        double coverage = 0;
        for (int inCorrect = 0; inCorrect <= in; inCorrect++) {
            for (int outCorrect = 0; outCorrect <= out; outCorrect++) {
                Interval interval = intervals[inCorrect][outCorrect];
                if (interval.lower() <= truth + ROUNDING && truth <= interval.upper() + ROUNDING) {
                    coverage += inProbabilities[inCorrect] * outProbabilities[outCorrect];
                }
            }
        }
        return coverage;
    }

    private static double[] probabilities(int trials, double accuracy) {
        BinomialDistribution binomial = BinomialDistribution.of(trials, accuracy);
        return IntStream.rangeClosed(0, trials).mapToDouble(binomial::probability).toArray();
    }
}
