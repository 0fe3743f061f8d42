package dev.longtail.dashboard.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longtail.aggregator.AnytimeGuarantee;
import dev.longtail.dashboard.model.GroupEstimates;
import dev.longtail.dashboard.model.Memorization;
import dev.longtail.dashboard.model.Snapshot;
import dev.longtail.dashboard.topics.ExampleStore;
import dev.longtail.dashboard.topics.HistoryIndex;
import dev.longtail.estimators.AnytimeBand;
import dev.longtail.estimators.InOutCounts;
import dev.longtail.estimators.Interval;
import dev.longtail.estimators.NewcombeInterval;
import dev.longtail.schemas.Convergence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One training example in full.
 *
 * @param trials that its estimate is from
 * @param rank by memorization, 1 for the most memorized; null where undefined
 * @param alpha error level of the band and the interval
 * @param meanInfluenceErrorBound what the standard error of the mean influence is at most; null
 *     where not known
 * @param band anytime-valid band of mem(i) at this moment; holds at all times at once; its ends are
 *     null where nothing is promised, see {@link AnytimeGuarantee}
 * @param interval Newcombe's interval of mem(i), for one look at a trial count fixed beforehand
 * @param threshold memorization threshold
 * @param decided whether the band lies on one side of it; null where there is no band
 * @param curve mem(i) over trials with its band
 * @param planted what is known to have been done to it, for generated data; null otherwise
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TrainExampleAnswer(
        ExampleRow example,
        long trials,
        Integer rank,
        double meanInfluenceErrorBound,
        double alpha,
        Interval band,
        Interval interval,
        double threshold,
        Boolean decided,
        List<CurvePoint> curve,
        String planted) {

    /** All about training example i. */
    public static TrainExampleAnswer of(
            Snapshot snapshot, ExampleStore examples, HistoryIndex history, int i) {
        double alpha = snapshot.latest().map(Convergence::getAlpha).orElse(0.05);
        double threshold =
                snapshot.latest().map(Convergence::getMemorizationThreshold).orElse(0.25);
        Function<InOutCounts, Interval> bands = bands(snapshot, alpha);
        Memorization m = snapshot.memorization().get();
        Interval band = bands.apply(m.counts(i));
        return new TrainExampleAnswer(
                ExampleRow.of(snapshot, i, ExampleNames.train(examples, i)),
                m.trials(),
                rank(m, i),
                MeanInfluenceError.bound(snapshot, i),
                alpha,
                band,
                NewcombeInterval.atLevel(alpha).of(m.counts(i)),
                threshold,
                snapshot.anytimeGuarantee().holds() ? band.isDecidedAt(threshold) : null,
                curve(snapshot, history, bands, i),
                Planted.of(snapshot.description().experiment().getGroundTruth(), i));
    }

    private static Function<InOutCounts, Interval> bands(Snapshot snapshot, double alpha) {
        return snapshot.anytimeGuarantee().holds()
                ? AnytimeBand.atLevel(alpha)::of
                : counts -> Interval.UNDEFINED;
    }

    private static Integer rank(Memorization m, int i) {
        if (Double.isNaN(m.value(i))) {
            return null;
        }
        int larger = 0;
        for (double value : m.values()) {
            larger += value > m.value(i) ? 1 : 0;
        }
        return larger + 1;
    }

    private static List<CurvePoint> curve(
            Snapshot snapshot, HistoryIndex history, Function<InOutCounts, Interval> bands, int i) {
        Map<Long, InOutCounts> byTrials = new TreeMap<>();
        for (GroupEstimates group : snapshot.groups()) {
            int position = position(group, i);
            if (position >= 0) {
                for (GroupEstimates past : history.history(group.group())) {
                    int then = position(past, i);
                    // A history of another layout, from before a restart with other options.
                    if (then >= 0 && past.trials() <= group.trials()) {
                        byTrials.put(past.trials(), past.counts(then));
                    }
                }
                byTrials.put(group.trials(), group.counts(position));
                break;
            }
        }
        List<CurvePoint> curve = new ArrayList<>();
        for (InOutCounts counts : byTrials.values()) {
            if (counts.isDefined()) {
                curve.add(CurvePoint.of(counts, bands.apply(counts)));
            }
        }
        return curve;
    }

    private static int position(GroupEstimates group, int i) {
        return Arrays.binarySearch(group.examples(), i);
    }
}
