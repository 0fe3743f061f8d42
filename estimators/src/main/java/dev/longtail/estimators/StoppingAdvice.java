package dev.longtail.estimators;

import java.util.OptionalLong;

/**
 * How many trials in total a target will need, predicted from the trials so far.
 *
 * <p>Forecasts, not guarantees: accuracies are taken to stay as observed. Noise spreads the
 * observed values, so early forecasts of the decided share are optimistic; measured in
 * docs/statistics.md.
 */
public final class StoppingAdvice {

    /** Forecasts of shares look at no more examples than this, evenly spaced. */
    private static final int SAMPLE = 2_000;

    private static final double PRECISION = 1.02;

    private StoppingAdvice() {}

    /**
     * Total trials to a target standard error, which falls as one over the root of the trials.
     *
     * @param trials t, at least 1
     * @param standardError mean (or any quantile of the) standard error at t
     * @param target the same figure to be reached, above 0
     * @return total trials, t where the target is reached; empty where the error is undefined
     * @throws IllegalArgumentException when the target is not above 0
     */
    public static OptionalLong trialsToStandardError(
            long trials, double standardError, double target) {
        if (!(target > 0)) {
            throw new IllegalArgumentException(
                    "expected a target standard error above 0, found " + target);
        }
        if (Double.isNaN(standardError)) {
            return OptionalLong.empty();
        }
        double ratio = standardError / target;
        return OptionalLong.of(Math.max(trials, (long) Math.ceil(trials * ratio * ratio)));
    }

    /**
     * Total trials until a share of the examples is decided.
     *
     * @param counts counters of the training examples so far
     * @param band the band that decides
     * @param threshold memorization threshold
     * @param targetShare share to be decided, in (0, 1]
     * @param mostTrials where to stop looking, at least the trials so far
     * @return total trials (to about 2 %), the trials so far where the target is reached; empty
     *     where even {@code mostTrials} would not do, or there are no examples or trials
     * @throws IllegalArgumentException when the share is out of its range
     */
    public static OptionalLong trialsToDecidedShare(
            MemorizationCounts counts,
            AnytimeBand band,
            double threshold,
            double targetShare,
            long mostTrials) {
        if (!(targetShare > 0 && targetShare <= 1)) {
            throw new IllegalArgumentException(
                    "expected a target share in (0, 1], found " + targetShare);
        }
        if (counts.size() == 0 || counts.trials() == 0) {
            return OptionalLong.empty();
        }
        double most = (double) mostTrials / counts.trials();
        double tooFew = 1;
        double enough = 1;
        while (decidedShare(counts, band, threshold, enough) < targetShare) {
            if (enough >= most) {
                return OptionalLong.empty();
            }
            tooFew = enough;
            enough = Math.min(2 * enough, most);
        }
        while (enough > tooFew * PRECISION) {
            double between = Math.sqrt(tooFew * enough);
            if (decidedShare(counts, band, threshold, between) < targetShare) {
                tooFew = between;
            } else {
                enough = between;
            }
        }
        return OptionalLong.of((long) Math.ceil(enough * counts.trials()));
    }

    /**
     * Share of a sample of the examples that is decided when every counter has grown by a factor.
     *
     * @param growth at least 1
     * @return in [0, 1]
     */
    static double decidedShare(
            MemorizationCounts counts, AnytimeBand band, double threshold, double growth) {
        int looked = Math.min(SAMPLE, counts.size());
        int decided = 0;
        for (int sample = 0; sample < looked; sample++) {
            int e = (int) ((long) sample * counts.size() / looked);
            if (band.isDecided(
                    Math.round(counts.in(e) * growth),
                    Math.round(counts.inCorrect(e) * growth),
                    Math.round(counts.out(e) * growth),
                    Math.round(counts.outCorrect(e) * growth),
                    threshold)) {
                decided++;
            }
        }
        return (double) decided / looked;
    }
}
