package dev.longtail.dashboard.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longtail.schemas.Convergence;
import java.time.Instant;
import java.util.List;

/**
 * Statistics of one refresh, all from the same trials; fields as in the schema {@code Convergence}.
 * Null where undefined or not computed.
 *
 * @param lemmaStandardError square root of Lemma 2.1's bound on the mean squared error
 * @param rootMeanSquaredStandardError what that bound is to be compared with
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ConvergencePoint(
        long trials,
        Instant emittedAt,
        long examplesDefined,
        Double meanStandardError,
        List<Double> standardErrorQuantiles,
        Double rootMeanSquaredStandardError,
        Double lemmaStandardError,
        double memorizationThreshold,
        double influenceThreshold,
        long memorized,
        Double decidedShare,
        double alpha,
        long pairsInScope,
        long highInfluencePairs,
        long highInfluenceTest,
        long highInfluenceTestSingle,
        long highInfluenceTrain,
        Double expectedFalsePairs,
        Double confirmationThreshold,
        Long confirmedPairs,
        Double pairDecidedShare,
        Double rankCorrelation,
        Double splitHalfReliability,
        Double memorizationInfluenceCorrelation,
        Double includedAccuracy,
        Double heldOutAccuracy,
        Double testAccuracy) {

    /** The statistics in a record. */
    public static ConvergencePoint of(Convergence c) {
        return new ConvergencePoint(
                c.getTrials(),
                c.getEmittedAt(),
                c.getExamplesDefined(),
                c.getMeanStandardError(),
                List.copyOf(c.getStandardErrorQuantiles()),
                root(c.getMeanSquaredStandardError()),
                root(c.getLemmaBound()),
                c.getMemorizationThreshold(),
                c.getInfluenceThreshold(),
                c.getMemorized(),
                c.getDecidedShare(),
                c.getAlpha(),
                c.getPairsInScope(),
                c.getHighInfluencePairs(),
                c.getHighInfluenceTest(),
                c.getHighInfluenceTestSingle(),
                c.getHighInfluenceTrain(),
                c.getExpectedFalsePairs(),
                c.getConfirmationThreshold(),
                c.getConfirmedPairs(),
                c.getPairDecidedShare(),
                c.getRankCorrelation(),
                c.getSplitHalfReliability(),
                c.getMemorizationInfluenceCorrelation(),
                c.getIncludedAccuracy(),
                c.getHeldOutAccuracy(),
                c.getTestAccuracy());
    }

    private static Double root(Double square) {
        return square == null ? null : Math.sqrt(square);
    }
}
