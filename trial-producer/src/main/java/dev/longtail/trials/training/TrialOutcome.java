package dev.longtail.trials.training;

import dev.longtail.schemas.PackedBits;

/**
 * What a trial found. Vectors are packed as {@link PackedBits} lays them out.
 *
 * @param mask included examples, trainSize bits
 * @param trainCorrect examples predicted right, included or not, trainSize bits
 * @param testCorrect test examples predicted right, testSize bits
 * @param trainSize n
 * @param testSize n'
 * @param loss mean training loss of the last epoch
 * @param timings where the time went
 */
public record TrialOutcome(
        byte[] mask,
        byte[] trainCorrect,
        byte[] testCorrect,
        int trainSize,
        int testSize,
        double loss,
        Timings timings) {

    /**
     * Where the time went, in milliseconds.
     *
     * @param data drawing the subset and starting the model
     * @param training all steps
     * @param evaluation all train and test examples
     */
    public record Timings(double data, double training, double evaluation) {}

    /** Accuracy on the included training examples, in [0, 1]. */
    public double includedAccuracy() {
        return (double) includedCorrect() / PackedBits.count(mask);
    }

    /** Accuracy on the training examples left out; NaN where none was. */
    public double heldOutAccuracy() {
        int heldOut = trainSize - PackedBits.count(mask);
        return heldOut == 0
                ? Double.NaN
                : (double) (PackedBits.count(trainCorrect) - includedCorrect()) / heldOut;
    }

    /** Accuracy on the test examples; NaN where there are none. */
    public double testAccuracy() {
        return testSize == 0 ? Double.NaN : (double) PackedBits.count(testCorrect) / testSize;
    }

    private int includedCorrect() {
        byte[] both = mask.clone();
        for (int k = 0; k < both.length; k++) {
            both[k] &= trainCorrect[k];
        }
        return PackedBits.count(both);
    }
}
