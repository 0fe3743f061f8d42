package dev.longtail.aggregator.sequencing;

import dev.longtail.aggregator.JobPlan;
import dev.longtail.estimators.counting.BitColumns;
import dev.longtail.estimators.counting.TrialBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a block's sender of pending trials in steps, between which barriers pass: at ImageNet's
 * size reading 400 trials and turning them into bit columns takes a second, a third of it the
 * longest step. What is prepared is in no state; a restored job begins anew.
 */
final class BlockPreparation {

    /** Pending trials by number. */
    @FunctionalInterface
    interface Pending {
        /** The bytes of {@link PendingTrial#encode}. */
        byte[] get(long number) throws Exception;
    }

    private final JobPlan plan;
    private final BlockStamp stamp;
    private final int trials;
    private TrialTotals totals;
    private List<byte[]> masks = new ArrayList<>();
    private List<byte[]> trainVectors = new ArrayList<>();
    private List<byte[]> testVectors = new ArrayList<>();
    private BitColumns included;
    private BitColumns trainCorrect;
    private BitColumns testCorrect;

    /**
     * Begins.
     *
     * @param stamp of the block
     * @param totals over the trials before it
     * @param trials how many it has; 0 only publishes
     */
    BlockPreparation(JobPlan plan, BlockStamp stamp, TrialTotals totals, int trials) {
        this.plan = plan;
        this.stamp = stamp;
        this.totals = totals;
        this.trials = trials;
    }

    boolean isDone() {
        return trials == 0 || testCorrect != null;
    }

    /**
     * Does one step: a trial, or one of the three kinds of vectors, which are let go.
     *
     * @param pending has this block's trials
     */
    void step(Pending pending) throws Exception {
        if (included == null && masks.size() < trials) {
            add(PendingTrial.decode(pending.get(trialsBefore() + masks.size()), plan));
        } else if (included == null) {
            included = BitColumns.transpose(masks, plan.trainSize());
            masks = null;
        } else if (trainCorrect == null) {
            trainCorrect = BitColumns.transpose(trainVectors, plan.trainSize());
            trainVectors = null;
        } else if (testCorrect == null) {
            testCorrect = BitColumns.transpose(testVectors, plan.testSize());
            testVectors = null;
        }
    }

    private void add(PendingTrial trial) {
        totals = totals.plus(trial);
        masks.add(trial.mask());
        trainVectors.add(trial.trainCorrect());
        testVectors.add(trial.testCorrect());
    }

    private long trialsBefore() {
        return stamp.trials() - trials;
    }

    /** What was prepared, once that is done. */
    BlockSender sender() {
        if (trials == 0) {
            return BlockSender.ofPublication(plan.tiling(), totals);
        }
        TrialBlock block =
                new TrialBlock(
                        stamp.block(),
                        trialsBefore(),
                        stamp.publish(),
                        included,
                        trainCorrect,
                        testCorrect);
        return new BlockSender(plan.tiling(), block, totals);
    }
}
