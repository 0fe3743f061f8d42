package dev.longtail.trials.training;

import dev.longtail.trials.data.ImageShape;
import java.util.List;
import java.util.stream.Collectors;

/** Which network a trial trains. */
public sealed interface ModelSpec
        permits ModelSpec.Softmax, ModelSpec.Mlp, ModelSpec.ResNet, ModelSpec.LastLayers {

    /**
     * The network in words for an input and a number of classes, for example {@code mlp
     * 784-512-10}.
     */
    String describe(ImageShape input, int classes);

    /** The layers that turn pictures into one score per class. */
    Network network(ImageShape input, int classes);

    /** Whether the scores are linear in the inputs, so that many trials can be trained together. */
    default boolean isLinear() {
        return false;
    }

    /** How pictures are changed at random in training. */
    default Augmentation augmentation() {
        return Augmentation.NONE;
    }

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

    /**
     * A small residual network with batch normalisation, see {@link ResidualNetwork}.
     *
     * @param width channels of the first stage, at least 1
     * @param blocks per stage, at least 1
     * @param margin pixels by which pictures are shifted at random in training, at least 0
     * @param flip whether pictures are mirrored at random in training
     */
    record ResNet(int width, int blocks, int margin, boolean flip) implements ModelSpec {

        /**
         * @throws IllegalArgumentException when a size is out of range
         */
        public ResNet {
            if (width < 1 || blocks < 1 || margin < 0) {
                throw new IllegalArgumentException(
                        "expected at least 1 channel, 1 block per stage and a margin of 0 pixels, found %d, %d and %d"
                                .formatted(width, blocks, margin));
            }
        }

        @Override
        public String describe(ImageShape input, int classes) {
            return "resnet %s, width %d, %d blocks per stage, crop margin %d, flip %s, %d classes"
                    .formatted(input, width, blocks, margin, flip, classes);
        }

        @Override
        public Network network(ImageShape input, int classes) {
            return new ResidualNetwork(input.channels(), width, blocks, classes);
        }

        @Override
        public Augmentation augmentation() {
            return new Augmentation(margin, flip);
        }
    }

    /**
     * The last layers of a network, on features that the other layers computed.
     *
     * @param body the whole network
     * @param bodyInput size of the pictures that the whole network takes
     * @param layers how many are trained, from 1 to the network's number of layers
     */
    record LastLayers(ModelSpec body, ImageShape bodyInput, int layers) implements ModelSpec {

        @Override
        public boolean isLinear() {
            return layers == 1;
        }

        @Override
        public String describe(ImageShape input, int classes) {
            return "last %d layers of %s".formatted(layers, body.describe(bodyInput, classes));
        }

        @Override
        public Network network(ImageShape input, int classes) {
            Network whole = body.network(bodyInput, classes);
            if (layers < 1 || layers > whole.layers()) {
                throw new ModelException(
                        "--layers: expected 1 to %d, the layers of %s, found %d"
                                .formatted(
                                        whole.layers(), body.describe(bodyInput, classes), layers));
            }
            return new Tail(whole, whole.layers() - layers);
        }
    }
}
