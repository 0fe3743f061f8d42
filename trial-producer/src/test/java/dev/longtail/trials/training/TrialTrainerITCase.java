package dev.longtail.trials.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.schemas.PackedBits;
import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.data.ImageShape;
import dev.longtail.trials.sampling.SubsetSampler;
import dev.longtail.trials.sampling.TrialSeeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrialTrainerITCase {

    private static final ImageShape SHAPE = new ImageShape(8, 8, 1);
    private static final Dataset DATASET = TinyData.draw(SHAPE, 200, 100, 5, 1);
    private static final SubsetSampler SUBSETS = new SubsetSampler.FixedSize(200, 140);

    @TempDir Path dir;

    static Stream<ModelSpec> models() {
        return Stream.of(
                new ModelSpec.Softmax(),
                new ModelSpec.Mlp(List.of(32, 16)),
                new ModelSpec.ResNet(4, 1, 1, true));
    }

    @ParameterizedTest
    @MethodSource("models")
    void trialsAreBitIdenticalWhoeverRunsThem(ModelSpec spec) throws Exception {
        Optimizer optimizer = optimizer(4, 0.05);
        try (ModelFactory factory = ModelFactory.build(spec, DATASET, 1e-4, Long.MAX_VALUE)) {
            List<TrialOutcome> alone = new ArrayList<>();
            try (TrialTrainer trainer = factory.trainer(SUBSETS, optimizer)) {
                for (int k = 0; k < 6; k++) {
                    alone.add(trainer.run(TrialSeeds.of(9, k), () -> false));
                }
            }
            ExecutorService threads = Executors.newFixedThreadPool(3);
            List<Future<TrialOutcome>> together = new ArrayList<>();
            for (int k = 5; k >= 0; k--) {
                TrialSeeds seeds = TrialSeeds.of(9, k);
                together.add(
                        0,
                        threads.submit(
                                () -> {
                                    try (TrialTrainer own = factory.trainer(SUBSETS, optimizer)) {
                                        return own.run(seeds, () -> false);
                                    }
                                }));
            }
            for (int k = 0; k < 6; k++) {
                assertSame(together.get(k).get(), alone.get(k));
            }
            threads.shutdown();
            assertThat(alone.get(0).mask()).isNotEqualTo(alone.get(1).mask());
            assertThat(alone.get(0).loss()).isNotEqualTo(alone.get(1).loss());
        }
    }

    /** Without augmentation, which keeps a net this small from fitting everything. */
    static Stream<ModelSpec> plainModels() {
        return Stream.of(
                new ModelSpec.Softmax(),
                new ModelSpec.Mlp(List.of(32, 16)),
                new ModelSpec.ResNet(8, 1, 0, false));
    }

    @ParameterizedTest
    @MethodSource("plainModels")
    void aTrialThatIncludesEverythingInterpolates(ModelSpec spec) throws Exception {
        SubsetSampler everything = new SubsetSampler.FixedSize(200, 200);
        try (ModelFactory factory = ModelFactory.build(spec, DATASET, 0, Long.MAX_VALUE);
                TrialTrainer trainer = factory.trainer(everything, optimizer(40, 0.02))) {
            TrialOutcome outcome = trainer.run(TrialSeeds.of(2, 0), () -> false);
            assertThat(outcome.includedAccuracy()).isEqualTo(1);
            assertThat(outcome.heldOutAccuracy()).isNaN();
            assertThat(PackedBits.count(outcome.mask())).isEqualTo(200);
            assertThat(outcome.testAccuracy()).isGreaterThan(0.9);
        }
    }

    /** Also with running averages, which are parameters too. */
    @ParameterizedTest
    @MethodSource("models")
    void savedParametersAnswerAsTheTrainedModelDid(ModelSpec spec) throws Exception {
        Path model = dir.resolve("model");
        List<TrialOutcome> outcomes = new ArrayList<>();
        try (ModelFactory factory = ModelFactory.build(spec, DATASET, 0, Long.MAX_VALUE);
                TrialTrainer trainer = factory.trainer(SUBSETS, optimizer(1, 1e-4))) {
            // Hardly trained, so that the two get different examples right.
            factory.saveModel(model);
            for (int k = 0; k < 2; k++) {
                outcomes.add(trainer.run(TrialSeeds.of(5, k), () -> false));
                trainer.saveParameters(dir.resolve(k + ".npz"));
            }
        }
        try (ModelEvaluator onTest = new ModelEvaluator(model, DATASET.test());
                ModelEvaluator onTrain = new ModelEvaluator(model, DATASET.train())) {
            for (int k = 1; k >= 0; k--) {
                Path parameters = dir.resolve(k + ".npz");
                assertThat(onTest.correct(parameters)).isEqualTo(outcomes.get(k).testCorrect());
                assertThat(onTrain.correct(parameters)).isEqualTo(outcomes.get(k).trainCorrect());
            }
        }
        assertThat(outcomes.get(0).testCorrect()).isNotEqualTo(outcomes.get(1).testCorrect());
    }

    @Test
    void accuraciesFollowFromTheVectors() throws Exception {
        try (ModelFactory factory =
                        ModelFactory.build(new ModelSpec.Softmax(), DATASET, 0, Long.MAX_VALUE);
                TrialTrainer trainer = factory.trainer(SUBSETS, optimizer(1, 0.001))) {
            TrialOutcome outcome = trainer.run(TrialSeeds.of(2, 0), () -> false);
            boolean[] mask = PackedBits.unpack(outcome.mask(), 200);
            boolean[] right = PackedBits.unpack(outcome.trainCorrect(), 200);
            int included = 0;
            int heldOut = 0;
            for (int i = 0; i < 200; i++) {
                included += mask[i] && right[i] ? 1 : 0;
                heldOut += !mask[i] && right[i] ? 1 : 0;
            }
            assertThat(outcome.includedAccuracy()).isEqualTo(included / 140.0);
            assertThat(outcome.heldOutAccuracy()).isEqualTo(heldOut / 60.0);
        }
    }

    /** Large pictures, so that even few of them come in several chunks. */
    @Test
    void dataReadAgainAndAgainTrainTheSameModel() throws Exception {
        Dataset dataset = TinyData.draw(new ImageShape(256, 256, 3), 100, 50, 3, 1);
        SubsetSampler sampler = new SubsetSampler.FixedSize(100, 70);
        List<TrialOutcome> outcomes = new ArrayList<>();
        for (long memory : new long[] {Long.MAX_VALUE, 0}) {
            try (ModelFactory factory =
                            ModelFactory.build(new ModelSpec.Softmax(), dataset, 0, memory);
                    TrialTrainer trainer = factory.trainer(sampler, optimizer(2, 1e-4))) {
                outcomes.add(trainer.run(TrialSeeds.of(2, 0), () -> false));
            }
        }
        assertThat(outcomes.get(1).trainCorrect()).isEqualTo(outcomes.get(0).trainCorrect());
        assertThat(outcomes.get(1).testCorrect()).isEqualTo(outcomes.get(0).testCorrect());
        assertThat(outcomes.get(1).loss()).isCloseTo(outcomes.get(0).loss(), within(1e-6));
    }

    @Test
    void givesUpWhenAsked() {
        try (ModelFactory factory =
                        ModelFactory.build(new ModelSpec.Softmax(), DATASET, 0, Long.MAX_VALUE);
                TrialTrainer trainer = factory.trainer(SUBSETS, optimizer(5, 0.01))) {
            assertThatThrownBy(() -> trainer.run(TrialSeeds.of(2, 0), () -> true))
                    .isInstanceOf(AbandonedException.class);
        }
    }

    private static Optimizer optimizer(int epochs, double rate) {
        return new Optimizer(epochs, 16, rate, 0.9, 0, Optimizer.Schedule.COSINE);
    }

    private static void assertSame(TrialOutcome found, TrialOutcome expected) {
        assertThat(found.mask()).isEqualTo(expected.mask());
        assertThat(found.trainCorrect()).isEqualTo(expected.trainCorrect());
        assertThat(found.testCorrect()).isEqualTo(expected.testCorrect());
        assertThat(found.loss()).isEqualTo(expected.loss());
    }
}
