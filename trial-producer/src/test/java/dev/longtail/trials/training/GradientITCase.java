package dev.longtail.trials.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.data.ImageShape;
import dev.longtail.trials.training.ModelSession.Parameter;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gradients that training follows, against finite differences of the loss that it reports. Both
 * come from the saved model itself: one step without momentum at learning rate 1 moves the
 * parameters by the gradient, one at learning rate 0 tells the loss.
 */
class GradientITCase {

    private static final ImageShape SHAPE = new ImageShape(6, 6, 2);
    private static final int CLASSES = 3;
    private static final int BATCH = 8;
    private static final int[] INDEX = IntStream.range(0, BATCH).toArray();

    static Stream<ModelSpec> models() {
        return Stream.of(
                new ModelSpec.Softmax(),
                new ModelSpec.Mlp(List.of(7, 5)),
                new ModelSpec.ResNet(4, 1, 0, false),
                new ModelSpec.ResNet(3, 2, 0, false));
    }

    @ParameterizedTest
    @MethodSource("models")
    void agreeWithFiniteDifferences(ModelSpec spec) {
        Dataset dataset = TinyData.draw(SHAPE, BATCH, 1, CLASSES, 3);
        double decay = 0.01;
        try (ModelFactory factory = ModelFactory.build(spec, dataset, decay, Long.MAX_VALUE);
                ModelSession session = factory.open()) {
            ResidentData data = new ResidentData(dataset, session.manager());
            session.init(11);
            SortedMap<String, Parameter> start = session.read();
            Random random = new Random(5);
            session.train(INDEX, BATCH, 1, 0, data.train().x(), data.train().y());
            SortedMap<String, Parameter> moved = session.read();

            for (String name : start.keySet()) {
                if (name.endsWith("/mean") || name.endsWith("/variance")) {
                    continue;
                }
                float[] gradient = difference(start.get(name), moved.get(name));
                float[] direction = direction(gradient.length, random);
                double expected = 0;
                for (int k = 0; k < gradient.length; k++) {
                    double own = name.endsWith("/weight") ? decay * start.get(name).values()[k] : 0;
                    expected += (gradient[k] - own) * direction[k];
                }
                // Small, for steps over the kinks of rectified units are no derivatives.
                double step = 3e-4;
                double found =
                        (loss(session, data, start, name, direction, step)
                                        - loss(session, data, start, name, direction, -step))
                                / (2 * step);
                assertThat(found)
                        .as("derivative of the loss along a direction of %s", name)
                        .isCloseTo(expected, within(1e-3 + 0.02 * Math.abs(expected)));
                assertThat(IntStream.range(0, gradient.length).anyMatch(k -> gradient[k] != 0))
                        .as("%s is trained", name)
                        .isTrue();
            }
        }
    }

    private static double loss(
            ModelSession session,
            ResidentData data,
            SortedMap<String, Parameter> start,
            String name,
            float[] direction,
            double step) {
        SortedMap<String, Parameter> shifted = new TreeMap<>(start);
        float[] values = start.get(name).values().clone();
        for (int k = 0; k < values.length; k++) {
            values[k] += (float) (step * direction[k]);
        }
        shifted.put(name, new Parameter(start.get(name).shape(), values));
        session.write(shifted);
        return session.train(INDEX, BATCH, 0, 0, data.train().x(), data.train().y());
    }

    private static float[] difference(Parameter before, Parameter after) {
        float[] difference = new float[before.values().length];
        for (int k = 0; k < difference.length; k++) {
            difference[k] = before.values()[k] - after.values()[k];
        }
        return difference;
    }

    /** A random direction of length 1. */
    private static float[] direction(int length, Random random) {
        double[] values = random.doubles(length, -1, 1).toArray();
        double norm = Math.sqrt(java.util.Arrays.stream(values).map(v -> v * v).sum());
        float[] direction = new float[length];
        for (int k = 0; k < length; k++) {
            direction[k] = (float) (values[k] / norm);
        }
        return direction;
    }
}
