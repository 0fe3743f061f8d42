package dev.longtail.dashboard.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longtail.dashboard.model.Snapshot;
import dev.longtail.dashboard.state.ClassInfluenceSurvey;
import dev.longtail.estimators.ClassInfluence;

/**
 * Mean influence of class (row) on class (column), or how far its computation is.
 *
 * @param progress of the survey under way, in [0, 1]; 1 when none is
 * @param problem why it could not be done; null where it could
 * @param labels the classes that the matrix has room for: those with the most memorized examples
 * @param mean null before the first survey; an entry is null where no pair is in scope
 * @param standardErrorBound upper bound on each mean's standard error
 * @param pairs that each mean is from
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ClassInfluenceAnswer(
        double progress,
        String problem,
        Long fewestTrials,
        Long mostTrials,
        int[] labels,
        double[][] mean,
        double[][] standardErrorBound,
        long[][] pairs) {

    /** What is known so far. */
    public static ClassInfluenceAnswer of(
            ClassInfluenceSurvey.State state, Snapshot snapshot, int most) {
        double progress = state.tiles() == 0 ? 0 : (double) state.done() / state.tiles();
        ClassInfluenceSurvey.Result result = state.result();
        if (result == null) {
            return new ClassInfluenceAnswer(
                    progress, state.problem(), null, null, null, null, null, null);
        }
        ClassInfluence influence = result.influence();
        int[] labels = ShownClasses.labels(ShownClasses.summaries(snapshot), most);
        int classes = labels.length;
        double[][] mean = new double[classes][classes];
        double[][] bound = new double[classes][classes];
        long[][] pairs = new long[classes][classes];
        for (int row = 0; row < classes; row++) {
            for (int column = 0; column < classes; column++) {
                int from = labels[row];
                int to = labels[column];
                mean[row][column] = influence.mean(from, to);
                bound[row][column] = influence.standardErrorBound(from, to);
                pairs[row][column] = influence.pairs(from, to);
            }
        }
        return new ClassInfluenceAnswer(
                progress,
                state.problem(),
                result.fewestTrials(),
                result.mostTrials(),
                labels,
                mean,
                bound,
                pairs);
    }
}
