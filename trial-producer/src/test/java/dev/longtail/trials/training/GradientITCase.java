package dev.longtail.trials.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.data.ImageShape;
import dev.longtail.trials.training.ModelSession.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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

    static Stream<Arguments> models() {
        ModelSpec mlp = new ModelSpec.Mlp(List.of(7, 5));
        ModelSpec resNet = new ModelSpec.ResNet(4, 1, 0, false);
        return Stream.of(
                Arguments.of(new ModelSpec.Softmax(), SHAPE),
                Arguments.of(mlp, SHAPE),
                Arguments.of(resNet, SHAPE),
                Arguments.of(new ModelSpec.ResNet(3, 2, 0, false), SHAPE),
                // Last layers, on what the layers before them give.
                Arguments.of(new ModelSpec.LastLayers(mlp, SHAPE, 2), new ImageShape(1, 1, 7)),
                Arguments.of(new ModelSpec.LastLayers(mlp, SHAPE, 3), SHAPE),
                Arguments.of(new ModelSpec.LastLayers(resNet, SHAPE, 2), new ImageShape(3, 3, 8)),
                Arguments.of(new ModelSpec.LastLayers(resNet, SHAPE, 3), new ImageShape(6, 6, 4)));
    }

    @ParameterizedTest
    @MethodSource("models")
    void agreeWithFiniteDifferences(ModelSpec spec, ImageShape input) {
        Dataset dataset = TinyData.draw(input, BATCH, 1, CLASSES, 3);
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

    /** Heads that are trained together, each on a batch of its own. */
    @Test
    void ofHeadsAgreeWithFiniteDifferences() {
        int heads = 3;
        int batch = 5;
        double decay = 0.01;
        Dataset dataset = TinyData.draw(SHAPE, BATCH, 1, CLASSES, 3);
        ModelSpec spec = new ModelSpec.LastLayers(new ModelSpec.Softmax(), SHAPE, 1);
        Random random = new Random(5);
        int[] index = random.ints((long) heads * batch, 0, BATCH).toArray();
        try (ModelFactory factory = ModelFactory.build(spec, dataset, decay, Long.MAX_VALUE);
                ModelSession session = factory.open()) {
            ResidentData data = new ResidentData(dataset, session.manager());
            LinearHeadsSession together = new LinearHeadsSession(session);
            List<SortedMap<String, Parameter>> start = new ArrayList<>();
            for (int h = 0; h < heads; h++) {
                session.init(h);
                start.add(session.read());
            }
            together.start(start);
            together.train(index, heads, batch, 1, 0, data.train().x(), data.train().y());
            List<SortedMap<String, Parameter>> moved = new ArrayList<>();
            for (int h = 0; h < heads; h++) {
                moved.add(together.read(h));
            }
            for (int h = 0; h < heads; h++) {
                for (String name : moved.get(h).keySet()) {
                    float[] gradient = difference(start.get(h).get(name), moved.get(h).get(name));
                    float[] direction = direction(gradient.length, random);
                    double expected = 0;
                    for (int k = 0; k < gradient.length; k++) {
                        double own =
                                name.equals(LinearHeads.WEIGHT)
                                        ? decay * start.get(h).get(name).values()[k]
                                        : 0;
                        expected += (gradient[k] - own) * direction[k];
                    }
                    double step = 1e-3;
                    float[][] losses = new float[2][];
                    for (int side = 0; side < 2; side++) {
                        List<SortedMap<String, Parameter>> shifted = new ArrayList<>(start);
                        shifted.set(
                                h,
                                shifted(start.get(h), name, direction, side == 0 ? step : -step));
                        together.start(shifted);
                        losses[side] =
                                together.train(
                                        index,
                                        heads,
                                        batch,
                                        0,
                                        0,
                                        data.train().x(),
                                        data.train().y());
                    }
                    for (int other = 0; other < heads; other++) {
                        double found = (losses[0][other] - losses[1][other]) / (2 * step);
                        assertThat(found)
                                .as("derivative of loss %d by %s of head %d", other, name, h)
                                .isCloseTo(other == h ? expected : 0, within(1e-3));
                    }
                }
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
        session.write(shifted(start, name, direction, step));
        return session.train(INDEX, BATCH, 0, 0, data.train().x(), data.train().y());
    }

    private static SortedMap<String, Parameter> shifted(
            SortedMap<String, Parameter> start, String name, float[] direction, double step) {
        SortedMap<String, Parameter> shifted = new TreeMap<>(start);
        float[] values = start.get(name).values().clone();
        for (int k = 0; k < values.length; k++) {
            values[k] += (float) (step * direction[k]);
        }
        shifted.put(name, new Parameter(start.get(name).shape(), values));
        return shifted;
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
