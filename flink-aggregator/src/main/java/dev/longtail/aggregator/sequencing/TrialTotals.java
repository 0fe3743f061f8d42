package dev.longtail.aggregator.sequencing;

import dev.longtail.schemas.PackedBits;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Sums over the trials counted, from which mean accuracies follow. Integers, so that their order
 * does not matter.
 *
 * @param included included training examples
 * @param includedCorrect those of them the model was right on
 * @param heldOutCorrect training examples left out that the model was right on
 * @param testCorrect test examples the model was right on
 */
public record TrialTotals(
        long included, long includedCorrect, long heldOutCorrect, long testCorrect) {

    /** No trials. */
    public static final TrialTotals NONE = new TrialTotals(0, 0, 0, 0);

    TrialTotals plus(PendingTrial trial) {
        long maskCount = PackedBits.count(trial.mask());
        long correct = PackedBits.count(trial.trainCorrect());
        long both = PackedBits.countBoth(trial.mask(), trial.trainCorrect());
        return new TrialTotals(
                included + maskCount,
                includedCorrect + both,
                heldOutCorrect + correct - both,
                testCorrect + PackedBits.count(trial.testCorrect()));
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(included);
        out.writeLong(includedCorrect);
        out.writeLong(heldOutCorrect);
        out.writeLong(testCorrect);
    }

    static TrialTotals read(DataInput in) throws IOException {
        return new TrialTotals(in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }
}
