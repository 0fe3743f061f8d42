package dev.longtail.trials.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.schemas.PackedBits;
import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.data.ExampleSet;
import dev.longtail.trials.data.ImageShape;
import dev.longtail.trials.sampling.SubsetSampler;
import dev.longtail.trials.sampling.TrialSeeds;
import dev.longtail.trials.training.ModelSession.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyITCase {

    private static final Dataset DATASET = TinyData.draw(new ImageShape(8, 8, 1), 200, 100, 5, 1);
    private static final Optimizer OPTIMIZER =
            new Optimizer(20, 16, 0.02, 0.9, 0, Optimizer.Schedule.COSINE);

    @TempDir Path dir;

    /** The last layer in plain Java, on the features, must say what the whole network says. */
    @Test
    void featuresAreWhatTheLastLayerSees() throws Exception {
        TrialOutcome outcome = train(new ModelSpec.Mlp(List.of(16, 12)));
        SortedMap<String, Parameter> parameters =
                ParameterFile.read(dir.resolve("body/parameters.npz"));
        float[] weight = parameters.get("output/weight").values();
        float[] bias = parameters.get("output/bias").values();
        Dataset features = Body.open(dir.resolve("body")).features(DATASET, 1);

        assertThat(features.train().images().shape()).isEqualTo(new ImageShape(1, 1, 12));
        assertThat(predictedRight(features.train(), weight, bias))
                .isEqualTo(PackedBits.unpack(outcome.trainCorrect(), 200));
        assertThat(predictedRight(features.test(), weight, bias))
                .isEqualTo(PackedBits.unpack(outcome.testCorrect(), 100));
    }

    @ParameterizedTest
    @CsvSource({"mlp,1", "mlp,2", "mlp,3", "resnet,1", "resnet,2", "resnet,3"})
    void trialsTrainTheLastLayersOnly(String model, int layers) throws Exception {
        train(
                model.equals("mlp")
                        ? new ModelSpec.Mlp(List.of(32, 24))
                        : new ModelSpec.ResNet(4, 1, 0, false));
        ModelSource source = new ModelSource.Transfer(dir.resolve("body"), layers, 0);
        assertThat(source.describe(DATASET))
                .startsWith("last " + layers + " layers of " + model)
                .matches(".*, body [0-9a-f]{16}");
        try (ModelFactory factory = source.open(DATASET, Long.MAX_VALUE);
                TrialTrainer trainer =
                        factory.trainer(new SubsetSampler.FixedSize(200, 140), OPTIMIZER)) {
            TrialOutcome outcome = trainer.run(TrialSeeds.of(3, 1), () -> false);
            assertThat(outcome.includedAccuracy()).isGreaterThan(0.97);
            assertThat(trainer.parameters()).containsKey("output/weight");
            assertThat(trainer.parameters().keySet())
                    .noneMatch(
                            name ->
                                    name.startsWith("first")
                                            || layers < 3 && name.equals("hidden0/weight"));
            TrialOutcome again = trainer.run(TrialSeeds.of(3, 1), () -> false);
            assertThat(again.testCorrect()).isEqualTo(outcome.testCorrect());
        }
    }

    @Test
    void refusesWhatDoesNotFit() throws Exception {
        train(new ModelSpec.Mlp(List.of(8)));
        Path body = dir.resolve("body");
        assertThatThrownBy(() -> train(new ModelSpec.Mlp(List.of(8))))
                .hasMessageContaining("expected an empty or new directory for the body");
        Dataset other = TinyData.draw(new ImageShape(4, 4, 1), 20, 10, 5, 1);
        assertThatThrownBy(() -> new ModelSource.Transfer(body, 1, 0).open(other, 0))
                .hasMessageContaining(
                        "expected pictures of 8x8, on which the body was trained, found 4x4");
        assertThatThrownBy(() -> new ModelSource.Transfer(body, 3, 0).open(DATASET, 0))
                .hasMessageContaining(
                        "--layers: expected 1 to 2, the layers of mlp 64-8-5, found 3");
        assertThatThrownBy(() -> Body.open(dir))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("expected a body that 'longtail train-body' saved");
        Files.writeString(body.resolve("parameters.npz"), "broken");
        assertThatThrownBy(() -> new ModelSource.Transfer(body, 1, 0).open(DATASET, 0))
                .hasMessageContaining("cannot read parameters from");
    }

    private TrialOutcome train(ModelSpec spec) throws AbandonedException, IOException {
        List<Double> losses = new ArrayList<>();
        TrialOutcome outcome =
                Body.train(
                        spec,
                        DATASET,
                        OPTIMIZER,
                        1,
                        Long.MAX_VALUE,
                        dir.resolve("body"),
                        losses::add,
                        () -> false);
        assertThat(losses).hasSize(OPTIMIZER.epochs()).endsWith(outcome.loss());
        return outcome;
    }

    private static boolean[] predictedRight(ExampleSet features, float[] weight, float[] bias) {
        int classes = bias.length;
        int width = weight.length / classes;
        boolean[] right = new boolean[features.size()];
        float[] values = new float[width];
        for (int i = 0; i < right.length; i++) {
            features.images().copyTo(i, values, 0);
            int best = 0;
            double bestScore = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < classes; c++) {
                double score = bias[c];
                for (int f = 0; f < width; f++) {
                    score += (double) values[f] * weight[f * classes + c];
                }
                if (score > bestScore) {
                    bestScore = score;
                    best = c;
                }
            }
            right[i] = best == features.labels()[i];
        }
        return right;
    }
}
