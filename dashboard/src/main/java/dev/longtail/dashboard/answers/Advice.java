package dev.longtail.dashboard.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longtail.dashboard.model.Memorization;
import dev.longtail.dashboard.model.Snapshot;
import dev.longtail.estimators.AnytimeBand;
import dev.longtail.estimators.StoppingAdvice;
import dev.longtail.schemas.Convergence;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How many trials it takes to be as sure as wanted. Forecasts from the counters so far, not
 * promises.
 *
 * @param trials that the forecast is from
 * @param targetError wanted mean standard error of memorization
 * @param trialsToError trials in all until it is reached; null where undefined
 * @param targetShare wanted share of examples decided at the memorization threshold
 * @param trialsToShare trials in all until it is reached; null where not within {@code mostTrials}
 *     or where no band promises anything
 * @param mostTrials how far the second forecast looks
 * @param trialsPerHour at which they have arrived lately; null where not known
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Advice(
        long trials,
        double targetError,
        Long trialsToError,
        double targetShare,
        Long trialsToShare,
        long mostTrials,
        Double trialsPerHour) {

    private static final long MOST_TRIALS = 200_000;
    private static final double DEFAULT_ALPHA = 0.05;
    private static final double DEFAULT_THRESHOLD = 0.25;

    /** The forecast for two targets. */
    public static Advice of(Snapshot snapshot, double targetError, double targetShare) {
        Memorization m = snapshot.memorization().get();
        Optional<Convergence> latest = snapshot.latest();
        double meanError = latest.map(Convergence::getMeanStandardError).orElse(Double.NaN);
        double alpha = latest.map(Convergence::getAlpha).orElse(DEFAULT_ALPHA);
        double threshold =
                latest.map(Convergence::getMemorizationThreshold).orElse(DEFAULT_THRESHOLD);
        boolean any = m.trials() > 0;
        OptionalLong toError =
                any
                        ? StoppingAdvice.trialsToStandardError(m.trials(), meanError, targetError)
                        : OptionalLong.empty();
        OptionalLong toShare =
                any && snapshot.anytimeGuarantee().holds()
                        ? StoppingAdvice.trialsToDecidedShare(
                                m.counts(),
                                AnytimeBand.atLevel(alpha),
                                threshold,
                                targetShare,
                                Math.max(MOST_TRIALS, m.trials()))
                        : OptionalLong.empty();
        return new Advice(
                m.trials(),
                targetError,
                boxed(toError),
                targetShare,
                boxed(toShare),
                MOST_TRIALS,
                Rate.trialsPerHour(snapshot.convergence()));
    }

    private static Long boxed(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
