package dev.longtail.aggregator.sequencing;

import dev.longtail.aggregator.JobPlan;
import dev.longtail.aggregator.validation.ReceivedTrial;
import dev.longtail.schemas.PackedBits;
import java.util.Arrays;

/**
 * A trial that waits for its block. Its bytes in state: mask, train correctness, test correctness,
 * one after the other, each as long as the experiment says.
 */
record PendingTrial(byte[] mask, byte[] trainCorrect, byte[] testCorrect) {

    static byte[] encode(ReceivedTrial trial) {
        int train = trial.mask().length;
        byte[] bytes = Arrays.copyOf(trial.mask(), 2 * train + trial.testCorrect().length);
        System.arraycopy(trial.trainCorrect(), 0, bytes, train, train);
        System.arraycopy(trial.testCorrect(), 0, bytes, 2 * train, trial.testCorrect().length);
        return bytes;
    }

    static PendingTrial decode(byte[] bytes, JobPlan plan) {
        int train = PackedBits.byteLength(plan.trainSize());
        int expected = 2 * train + PackedBits.byteLength(plan.testSize());
        if (bytes.length != expected) {
            throw new IllegalStateException(
                    "expected a pending trial of %d bytes in state, found %d"
                            .formatted(expected, bytes.length));
        }
        return new PendingTrial(
                Arrays.copyOf(bytes, train),
                Arrays.copyOfRange(bytes, train, 2 * train),
                Arrays.copyOfRange(bytes, 2 * train, bytes.length));
    }
}
