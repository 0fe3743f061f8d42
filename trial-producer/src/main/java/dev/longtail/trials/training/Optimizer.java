package dev.longtail.trials.training;

/**
 * How a trial is optimised: stochastic gradient descent with momentum.
 *
 * @param epochs passes over the included examples, at least 1
 * @param batchSize examples per step, at least 1
 * @param learningRate at the start, positive
 * @param momentum in [0, 1)
 * @param weightDecay of weights, at least 0
 * @param schedule how the learning rate changes from epoch to epoch
 */
public record Optimizer(
        int epochs,
        int batchSize,
        double learningRate,
        double momentum,
        double weightDecay,
        Schedule schedule) {

    /** How the learning rate changes. */
    public enum Schedule {
        /** Stays. */
        CONSTANT,
        /** Falls to 0 along half a cosine. */
        COSINE,
        /** Falls to 0 along a line. */
        LINEAR,
        /** A tenth after half, a hundredth after three quarters of the epochs. */
        STEPS;

        /** The factor of an epoch, from 0, in (0, 1]. */
        double factor(int epoch, int epochs) {
            double done = (double) epoch / epochs;
            return switch (this) {
                case CONSTANT -> 1;
                case COSINE -> (1 + StrictMath.cos(StrictMath.PI * done)) / 2;
                case LINEAR -> 1 - done;
                case STEPS -> done < 0.5 ? 1 : done < 0.75 ? 0.1 : 0.01;
            };
        }
    }

    /**
     * @throws IllegalArgumentException when a value is out of range
     */
    public Optimizer {
        if (epochs < 1 || batchSize < 1) {
            throw new IllegalArgumentException(
                    "expected at least one epoch and a batch of at least one, found %d and %d"
                            .formatted(epochs, batchSize));
        }
        if (!(learningRate > 0) || !(momentum >= 0 && momentum < 1) || !(weightDecay >= 0)) {
            throw new IllegalArgumentException(
                    "expected a positive learning rate, a momentum in [0, 1) and a weight decay of at least 0, found %s, %s and %s"
                            .formatted(learningRate, momentum, weightDecay));
        }
    }

    /** The learning rate of an epoch, from 0. */
    double rate(int epoch) {
        return learningRate * schedule.factor(epoch, epochs);
    }

    /** In words, for people. */
    public String describe() {
        return "SGD, momentum %s, learning rate %s (%s), weight decay %s, %d epochs of batches of %d"
                .formatted(
                        momentum,
                        learningRate,
                        schedule.name().toLowerCase(java.util.Locale.ROOT),
                        weightDecay,
                        epochs,
                        batchSize);
    }
}
