package dev.longtail.trials.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.data.ImageShape;
import dev.longtail.trials.training.ModelSession.Parameter;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** The steps in the graph, against the same steps in plain Java. */
class SoftmaxReferenceITCase {

    private static final int FEATURES = 6;
    private static final int CLASSES = 4;
    private static final int EXAMPLES = 30;
    private static final int STEPS = 12;
    private static final int BATCH = 5;
    private static final double RATE = 0.3;
    private static final double MOMENTUM = 0.8;
    private static final double DECAY = 0.02;

    @Test
    void followsGradientMomentumAndDecayStepByStep() {
        Dataset dataset = TinyData.draw(new ImageShape(2, 3, 1), EXAMPLES, 7, CLASSES, 1);
        try (ModelFactory factory =
                        ModelFactory.build(
                                new ModelSpec.Softmax(), dataset, DECAY, Long.MAX_VALUE);
                ModelSession session = factory.open()) {
            ResidentData data = new ResidentData(dataset, session.manager());
            session.init(5);
            SortedMap<String, Parameter> start = session.read();
            int[] index = new Random(3).ints((long) STEPS * BATCH, 0, EXAMPLES).toArray();
            float loss =
                    session.train(
                            index,
                            BATCH,
                            (float) RATE,
                            (float) MOMENTUM,
                            data.train().x(),
                            data.train().y());

            Reference reference = new Reference(start, data.train().x().toFloatArray(), dataset);
            double expectedLoss = 0;
            for (int step = 0; step < STEPS; step++) {
                expectedLoss += reference.step(index, step * BATCH) / STEPS;
            }
            SortedMap<String, Parameter> end = session.read();
            assertThat((double) loss).isCloseTo(expectedLoss, within(1e-5));
            assertClose(end.get("output/weight").values(), reference.weight);
            assertClose(end.get("output/bias").values(), reference.bias);
            assertThat(session.evaluate(data.testChunks().get(0).x(), data.testChunks().get(0).y()))
                    .isEqualTo(
                            reference.correct(
                                    data.testChunks().get(0).x().toFloatArray(),
                                    dataset.test().labels()));
        }
    }

    private static void assertClose(float[] found, double[] expected) {
        for (int k = 0; k < expected.length; k++) {
            assertThat((double) found[k]).isCloseTo(expected[k], within(1e-5));
        }
    }

    /** Multinomial logistic regression by stochastic gradient descent, in double precision. */
    private static final class Reference {

        private final float[] x;
        private final int[] y;
        private final double[] weight;
        private final double[] bias;
        private final double[] weightMomentum;
        private final double[] biasMomentum;

        Reference(SortedMap<String, Parameter> start, float[] x, Dataset dataset) {
            this.x = x;
            this.y = dataset.train().labels();
            this.weight = doubles(start.get("output/weight").values());
            this.bias = doubles(start.get("output/bias").values());
            this.weightMomentum = new double[weight.length];
            this.biasMomentum = new double[bias.length];
        }

        double step(int[] index, int from) {
            double[] weightGradient = new double[weight.length];
            double[] biasGradient = new double[bias.length];
            double loss = 0;
            for (int b = 0; b < BATCH; b++) {
                int i = index[from + b];
                double[] p = probabilities(x, i);
                loss -= Math.log(p[y[i]]) / BATCH;
                for (int c = 0; c < CLASSES; c++) {
                    double error = (p[c] - (c == y[i] ? 1 : 0)) / BATCH;
                    biasGradient[c] += error;
                    for (int f = 0; f < FEATURES; f++) {
                        weightGradient[f * CLASSES + c] += error * x[i * FEATURES + f];
                    }
                }
            }
            for (int k = 0; k < weight.length; k++) {
                weightMomentum[k] =
                        MOMENTUM * weightMomentum[k] + weightGradient[k] + DECAY * weight[k];
                weight[k] -= RATE * weightMomentum[k];
            }
            for (int c = 0; c < CLASSES; c++) {
                biasMomentum[c] = MOMENTUM * biasMomentum[c] + biasGradient[c];
                bias[c] -= RATE * biasMomentum[c];
            }
            return loss;
        }

        boolean[] correct(float[] pictures, int[] labels) {
            boolean[] correct = new boolean[labels.length];
            for (int i = 0; i < labels.length; i++) {
                double[] p = probabilities(pictures, i);
                int best = 0;
                for (int c = 1; c < CLASSES; c++) {
                    best = p[c] > p[best] ? c : best;
                }
                correct[i] = best == labels[i];
            }
            return correct;
        }

        private double[] probabilities(float[] pictures, int i) {
            double[] p = new double[CLASSES];
            double sum = 0;
            for (int c = 0; c < CLASSES; c++) {
                double score = bias[c];
                for (int f = 0; f < FEATURES; f++) {
                    score += weight[f * CLASSES + c] * pictures[i * FEATURES + f];
                }
                p[c] = Math.exp(score);
                sum += p[c];
            }
            for (int c = 0; c < CLASSES; c++) {
                p[c] /= sum;
            }
            return p;
        }

        private static double[] doubles(float[] values) {
            double[] doubles = new double[values.length];
            for (int k = 0; k < values.length; k++) {
                doubles[k] = values[k];
            }
            return doubles;
        }
    }
}
