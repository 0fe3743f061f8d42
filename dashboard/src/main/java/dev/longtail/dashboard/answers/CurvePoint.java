package dev.longtail.dashboard.answers;

import dev.longtail.estimators.Estimate;
import dev.longtail.estimators.InOutCounts;
import dev.longtail.estimators.Interval;

/**
 * An estimate at one trial count with its anytime-valid band.
 *
 * @param lower end of the band; with the others of its curve it holds at all times at once; null
 *     where nothing is promised
 */
public record CurvePoint(
        long trials, double value, double standardError, double lower, double upper) {

    static CurvePoint of(InOutCounts counts, Interval interval) {
        Estimate estimate = Estimate.of(counts);
        return new CurvePoint(
                counts.trials(),
                estimate.value(),
                estimate.standardError(),
                interval.lower(),
                interval.upper());
    }
}
