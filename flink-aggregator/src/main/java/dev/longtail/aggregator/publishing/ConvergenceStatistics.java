package dev.longtail.aggregator.publishing;

import dev.longtail.aggregator.JobPlan;
import dev.longtail.aggregator.Thresholds;
import dev.longtail.aggregator.sequencing.BlockStamp;
import dev.longtail.aggregator.sequencing.Progress;
import dev.longtail.aggregator.sequencing.Tally;
import dev.longtail.aggregator.sequencing.TrialTotals;
import dev.longtail.estimators.EBenjaminiHochberg;
import dev.longtail.estimators.LemmaBound;
import dev.longtail.estimators.MemorizationCounts;
import dev.longtail.estimators.MemorizationHistogram;
import dev.longtail.estimators.Quantiles;
import dev.longtail.estimators.RankedValues;
import dev.longtail.estimators.SplitHalfReliability;
import dev.longtail.schemas.Convergence;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The figures of one convergence record from the reports of all train groups. Remembers the
 * memorization of the previous record.
 */
final class ConvergenceStatistics {

    private final JobPlan plan;
    private RankedValues previous;

    ConvergenceStatistics(JobPlan plan) {
        this.plan = plan;
    }

    /** A record that only says what was received. */
    Convergence beforeTheFirstTrial(Progress progress) {
        return builder(progress).build();
    }

    /** The same figures with newer numbers of records. */
    static Convergence withTally(Convergence convergence, Tally tally) {
        return Convergence.newBuilder(convergence)
                .setReceived(tally.received())
                .setRejected(tally.rejected())
                .setDuplicates(tally.duplicates())
                .setConflicts(tally.conflicts())
                .setNotConverged(tally.notConverged())
                .build();
    }

    /**
     * The record of a publication.
     *
     * @param groups the reports of all train groups
     */
    Convergence of(Progress progress, List<GroupReport> groups) {
        Convergence.Builder record = builder(progress);
        MemorizationCounts all = gather(groups, false);
        MemorizationCounts even = gather(groups, true);
        double[] memorization = all.memorization();
        double[] standardErrors = all.standardErrors();
        setStandardErrors(record, standardErrors);
        setAccuracies(record, progress);
        RankedValues ranked = new RankedValues(memorization);
        double threshold = plan.thresholds().memorization();
        long decided = groups.stream().mapToLong(GroupReport::decided).sum();
        record.setExamplesDefined(
                        Arrays.stream(memorization).filter(mem -> !Double.isNaN(mem)).count())
                .setMemorized(Arrays.stream(memorization).filter(mem -> mem >= threshold).count())
                .setMemorizationHistogram(Lists.of(MemorizationHistogram.of(memorization).counts()))
                .setDecidedShare(
                        plan.anytimeGuarantee().holds()
                                ? (double) decided / plan.trainSize()
                                : null)
                .setSplitHalfReliability(defined(SplitHalfReliability.of(all, even)))
                .setRankCorrelation(previous == null ? null : defined(previous.spearman(ranked)));
        previous = ranked;
        if (plan.tiling().pairsInScope() > 0) {
            setPairs(record, groups, ranked);
        }
        return record.build();
    }

    private Convergence.Builder builder(Progress progress) {
        BlockStamp stamp = progress.stamp();
        Tally tally = progress.tally();
        Thresholds thresholds = plan.thresholds();
        return Convergence.newBuilder()
                .setExperiment(plan.experiment())
                .setBlock(stamp.block())
                .setAttempt(stamp.attempt())
                .setEmittedAt(Instant.EPOCH)
                .setConvergedOnly(plan.convergedOnly())
                .setTrials(stamp.trials())
                .setReceived(tally.received())
                .setRejected(tally.rejected())
                .setDuplicates(tally.duplicates())
                .setConflicts(tally.conflicts())
                .setNotConverged(tally.notConverged())
                .setLemmaBound(lemmaBound(stamp.trials()))
                .setMemorizationThreshold(thresholds.memorization())
                .setInfluenceThreshold(thresholds.influence())
                .setConfirmationThreshold(thresholds.confirmation())
                .setAlpha(thresholds.alpha())
                .setPairsInScope(plan.tiling().pairsInScope());
    }

    private Double lemmaBound(long trials) {
        OptionalDouble rate = plan.inclusionRate();
        boolean applies =
                trials > 0 && rate.isPresent() && rate.getAsDouble() > 0 && rate.getAsDouble() < 1;
        return applies ? LemmaBound.meanSquaredError(rate.getAsDouble(), trials) : null;
    }

    private static void setStandardErrors(Convergence.Builder record, double[] standardErrors) {
        double[] found =
                Arrays.stream(standardErrors).filter(error -> !Double.isNaN(error)).toArray();
        OptionalDouble mean = Arrays.stream(found).average();
        OptionalDouble meanSquare = Arrays.stream(found).map(error -> error * error).average();
        record.setMeanStandardError(mean.isPresent() ? mean.getAsDouble() : null)
                .setMeanSquaredStandardError(
                        meanSquare.isPresent() ? meanSquare.getAsDouble() : null)
                .setStandardErrorQuantiles(
                        Lists.of(Quantiles.of(found, Quantiles.reportedProbabilities())));
    }

    private void setAccuracies(Convergence.Builder record, Progress progress) {
        TrialTotals totals = progress.totals();
        long trials = progress.stamp().trials();
        double heldOut = (double) trials * plan.trainSize() - totals.included();
        record.setIncludedAccuracy(defined((double) totals.includedCorrect() / totals.included()))
                .setHeldOutAccuracy(defined(totals.heldOutCorrect() / heldOut))
                .setTestAccuracy(
                        defined(totals.testCorrect() / ((double) trials * plan.testSize())));
    }

    private void setPairs(
            Convergence.Builder record, List<GroupReport> groups, RankedValues memorization) {
        int[] pairsPerTest = pairsPerTest(groups);
        double[] largest = new double[plan.trainSize()];
        for (GroupReport group : groups) {
            int[] examples = plan.tiling().trainGroup(group.group());
            for (int place = 0; place < examples.length; place++) {
                largest[examples[place]] = group.largest()[place];
            }
        }
        long lookedAt = groups.stream().mapToLong(GroupReport::pairsLookedAt).sum();
        long decided = groups.stream().mapToLong(GroupReport::pairsDecided).sum();
        record.setHighInfluencePairs(groups.stream().mapToLong(GroupReport::pairs).sum())
                .setHighInfluenceTrain(groups.stream().mapToLong(GroupReport::trains).sum())
                .setHighInfluenceTest(
                        Arrays.stream(pairsPerTest).filter(pairs -> pairs > 0).count())
                .setHighInfluenceTestSingle(
                        Arrays.stream(pairsPerTest).filter(pairs -> pairs == 1).count())
                .setExpectedFalsePairs(
                        groups.stream().mapToDouble(GroupReport::expectedFalsePairs).sum())
                .setMemorizationInfluenceCorrelation(
                        defined(memorization.spearman(new RankedValues(largest))));
        if (plan.anytimeGuarantee().holds()) {
            record.setPairDecidedShare(defined((double) decided / lookedAt));
            double[] logEValues =
                    groups.stream()
                            .flatMapToDouble(group -> Arrays.stream(group.logEValues()))
                            .toArray();
            var confirmation =
                    new EBenjaminiHochberg(plan.tiling().pairsInScope(), plan.thresholds().alpha())
                            .confirm(logEValues);
            record.setConfirmedPairs(confirmation.pairs())
                    .setConfirmedLogEValue(
                            confirmation.smallestLogEValue().isPresent()
                                    ? confirmation.smallestLogEValue().getAsDouble()
                                    : null);
        }
    }

    private int[] pairsPerTest(List<GroupReport> groups) {
        int[] counts = new int[plan.testSize()];
        for (GroupReport group : groups) {
            int at = 0;
            for (int testGroup : group.testGroups()) {
                if (testGroup >= 0) {
                    for (int test : plan.tiling().testGroup(testGroup)) {
                        counts[test] += group.pairsPerTest()[at++];
                    }
                }
            }
        }
        return counts;
    }

    private MemorizationCounts gather(List<GroupReport> groups, boolean even) {
        int n = plan.trainSize();
        int[] included = new int[n];
        int[] includedCorrect = new int[n];
        int[] excludedCorrect = new int[n];
        long trials = 0;
        for (GroupReport group : groups) {
            MemorizationCounts counts = even ? group.own().even() : group.own().all();
            trials = counts.trials();
            int[] examples = plan.tiling().trainGroup(group.group());
            for (int place = 0; place < examples.length; place++) {
                included[examples[place]] = counts.included()[place];
                includedCorrect[examples[place]] = counts.includedCorrect()[place];
                excludedCorrect[examples[place]] = counts.excludedCorrect()[place];
            }
        }
        return new MemorizationCounts(trials, included, includedCorrect, excludedCorrect);
    }

    private static Double defined(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
