package dev.longtail.trials.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.withPrecision;

import dev.longtail.schemas.PackedBits;
import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.data.ExampleSet;
import dev.longtail.trials.data.FloatImages;
import dev.longtail.trials.data.ImageShape;
import dev.longtail.trials.sampling.SubsetSampler;
import dev.longtail.trials.sampling.TrialSeeds;
import dev.longtail.trials.training.ModelSession.Parameter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trials that are trained together must end as if each had been trained alone. */
class HeadsTrainerITCase {

    private static final int TRAIN = 300;
    private static final int TEST = 120;
    private static final int TRIALS = 70;

    /** What a trial leaves: vectors, loss, parameters. */
    private record Ended(TrialOutcome outcome, SortedMap<String, Parameter> parameters) {}

    /** Odd sizes, so that vectors of the processor never fit. */
    @ParameterizedTest
    @CsvSource({"64, 10, 32, 0", "13, 3, 7, 0.001", "200, 100, 16, 0", "37, 2, 1, 0"})
    void aTrialEndsWithTheSameBitsWhateverRunsBesideIt(
            int features, int classes, int batch, double decay) throws Exception {
        Dataset dataset = features(features, classes);
        SubsetSampler sampler = new SubsetSampler.FixedSize(TRAIN, 210);
        Optimizer optimizer = optimizer(batch, decay);
        try (ModelFactory factory = heads(dataset, decay, Long.MAX_VALUE);
                TrialTrainer trainer = factory.trainer(sampler, optimizer)) {
            assertThat(trainer.trialsAtOnce()).isGreaterThan(1);
            Map<Long, Ended> alone = new HashMap<>();
            for (long k = 0; k < TRIALS; k++) {
                alone.putAll(run(trainer, List.of(k)));
            }
            Random random = new Random(features);
            for (int size : new int[] {2, 3, 8, 31, 64, TRIALS}) {
                List<Long> numbers = new ArrayList<>(LongStream.range(0, TRIALS).boxed().toList());
                Collections.shuffle(numbers, random);
                run(trainer, numbers.subList(0, size))
                        .forEach((k, together) -> assertSame(together, alone.get(k), size, k));
            }
        }
    }

    /** The same start, batches and steps as of the network trained alone, to rounding. */
    @Test
    void aTrialEndsWhereTheNetworkAloneEnds() throws Exception {
        Dataset dataset = features(64, 10);
        SubsetSampler sampler = new SubsetSampler.FixedSize(TRAIN, 210);
        Optimizer optimizer = optimizer(32, 1e-3);
        try (ModelFactory together = heads(dataset, 1e-3, Long.MAX_VALUE);
                ModelFactory alone =
                        ModelFactory.build(new ModelSpec.Softmax(), dataset, 1e-3, Long.MAX_VALUE);
                TrialTrainer many = together.trainer(sampler, optimizer);
                TrialTrainer one = alone.trainer(sampler, optimizer)) {
            Map<Long, Ended> expected = run(one, List.of(0L, 1L, 2L));
            run(many, List.of(0L, 1L, 2L))
                    .forEach(
                            (k, found) ->
                                    found.parameters()
                                            .forEach(
                                                    (name, parameter) ->
                                                            assertThat(parameter.values())
                                                                    .containsExactly(
                                                                            expected.get(k)
                                                                                    .parameters()
                                                                                    .get(name)
                                                                                    .values(),
                                                                            withPrecision(1e-5f))));
        }
    }

    /** Subsets of different sizes take different numbers of steps; data come in any way. */
    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, 0})
    void subsetsMayDifferInSizeAndDataMayBeReadAgainAndAgain(long memory) throws Exception {
        Dataset dataset = features(20, 4);
        SubsetSampler sampler = new SubsetSampler.Bernoulli(TRAIN, 0.7);
        Optimizer optimizer = optimizer(8, 0);
        List<Long> numbers = LongStream.range(0, 20).boxed().toList();
        try (ModelFactory resident = heads(dataset, 0, Long.MAX_VALUE);
                ModelFactory factory = heads(dataset, 0, memory);
                TrialTrainer alone = resident.trainer(sampler, optimizer);
                TrialTrainer trainer = factory.trainer(sampler, optimizer)) {
            Map<Long, Ended> together = run(trainer, numbers);
            assertThat(together.values().stream().map(HeadsTrainerITCase::steps).distinct())
                    .hasSizeGreaterThan(1);
            for (long k : numbers) {
                assertSame(together.get(k), run(alone, List.of(k)).get(k), 20, k);
            }
        }
    }

    private static int steps(Ended ended) {
        return (PackedBits.count(ended.outcome().mask()) + 7) / 8;
    }

    @Test
    void allIncludedInterpolatesAndAbandonedTrialsAreNotSeen() throws Exception {
        Dataset dataset = features(400, 4);
        Optimizer optimizer = new Optimizer(30, 16, 0.05, 0.9, 0, Optimizer.Schedule.COSINE);
        try (ModelFactory factory = heads(dataset, 0, Long.MAX_VALUE);
                TrialTrainer trainer =
                        factory.trainer(new SubsetSampler.FixedSize(TRAIN, TRAIN), optimizer)) {
            run(trainer, List.of(0L, 1L))
                    .values()
                    .forEach(ended -> assertThat(ended.outcome().includedAccuracy()).isEqualTo(1));
            AtomicInteger asked = new AtomicInteger();
            assertThatThrownBy(
                            () ->
                                    trainer.run(
                                            List.of(TrialSeeds.of(1, 0), TrialSeeds.of(1, 1)),
                                            () -> asked.incrementAndGet() > 3,
                                            (seeds, outcome) -> fail("a trial was half trained")))
                    .isInstanceOf(AbandonedException.class);
        }
    }

    private static void assertSame(Ended found, Ended expected, int size, long trial) {
        String what = "trial %d among %d".formatted(trial, size);
        found.parameters()
                .forEach(
                        (name, parameter) ->
                                assertThat(parameter.values())
                                        .as(what + ", " + name)
                                        .isEqualTo(expected.parameters().get(name).values()));
        assertThat(found.outcome().mask()).as(what).isEqualTo(expected.outcome().mask());
        assertThat(found.outcome().trainCorrect())
                .as(what)
                .isEqualTo(expected.outcome().trainCorrect());
        assertThat(found.outcome().testCorrect())
                .as(what)
                .isEqualTo(expected.outcome().testCorrect());
        assertThat(found.outcome().loss()).as(what).isEqualTo(expected.outcome().loss());
    }

    private static Map<Long, Ended> run(TrialTrainer trainer, List<Long> numbers)
            throws AbandonedException {
        Map<Long, Ended> ended = new HashMap<>();
        trainer.run(
                numbers.stream().map(k -> TrialSeeds.of(4, k)).toList(),
                () -> false,
                (seeds, outcome) ->
                        ended.put(seeds.number(), new Ended(outcome, trainer.parameters())));
        assertThat(ended.keySet()).containsExactlyInAnyOrderElementsOf(numbers);
        return ended;
    }

    private static ModelFactory heads(Dataset dataset, double decay, long memory) {
        ImageShape input = dataset.train().images().shape();
        ModelSpec spec = new ModelSpec.LastLayers(new ModelSpec.Softmax(), input, 1);
        return ModelFactory.build(spec, dataset, decay, memory);
    }

    private static Optimizer optimizer(int batch, double decay) {
        return new Optimizer(3, batch, 0.05, 0.9, decay, Optimizer.Schedule.COSINE);
    }

    /** Random features around one centre per class. */
    private static Dataset features(int length, int classes) {
        Random random = new Random(length);
        float[][] centres = new float[classes][length];
        for (float[] centre : centres) {
            for (int f = 0; f < length; f++) {
                centre[f] = (float) random.nextGaussian();
            }
        }
        List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        return new Dataset(
                "random features",
                examples(TRAIN, centres, random),
                examples(TEST, centres, random),
                names,
                Optional.empty());
    }

    private static ExampleSet examples(int size, float[][] centres, Random random) {
        int length = centres[0].length;
        float[] values = new float[size * length];
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            labels[i] = random.nextInt(centres.length);
            for (int f = 0; f < length; f++) {
                values[i * length + f] =
                        (float) (centres[labels[i]][f] + 1.5 * random.nextGaussian());
            }
        }
        return new ExampleSet(
                new FloatImages(new ImageShape(1, 1, length), values), labels, List.of());
    }
}
