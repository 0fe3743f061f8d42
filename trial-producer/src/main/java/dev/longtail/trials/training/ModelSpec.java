package dev.longtail.trials.training;

import dev.longtail.trials.data.ImageShape;
import java.util.List;
import java.util.stream.Collectors;

/** Which network a trial trains. */
public sealed interface ModelSpec {

    /**
     * The network in words for an input and a number of classes, for example {@code mlp
     * 784-512-10}.
     */
    String describe(ImageShape input, int classes);

    /** The layers that turn pictures into one score per class. */
    Network network(ImageShape input, int classes);

    /** Multinomial logistic regression: no hidden layer. */
    record Softmax() implements ModelSpec {

        @Override
        public String describe(ImageShape input, int classes) {
            return "softmax %d-%d".formatted(input.length(), classes);
        }

        @Override
        public Network network(ImageShape input, int classes) {
            return new DenseNetwork(input.length(), List.of(), classes);
        }
    }

    /**
     * Fully connected layers with rectified linear units between them.
     *
     * @param hidden units of each hidden layer, at least one layer
     */
    record Mlp(List<Integer> hidden) implements ModelSpec {

        /**
         * @throws IllegalArgumentException when there is no hidden layer or one without units
         */
        public Mlp {
            hidden = List.copyOf(hidden);
            if (hidden.isEmpty() || hidden.stream().anyMatch(units -> units < 1)) {
                throw new IllegalArgumentException(
                        "expected hidden layers of at least one unit each, found " + hidden);
            }
        }

        @Override
        public String describe(ImageShape input, int classes) {
            return "mlp %d-%s-%d"
                    .formatted(
                            input.length(),
                            hidden.stream().map(String::valueOf).collect(Collectors.joining("-")),
                            classes);
        }

        @Override
        public Network network(ImageShape input, int classes) {
            return new DenseNetwork(input.length(), hidden, classes);
        }
    }
}
