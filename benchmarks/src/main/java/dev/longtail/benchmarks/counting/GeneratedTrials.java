package dev.longtail.benchmarks.counting;

import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.Sampler;
import dev.longtail.schemas.SamplerKind;
import dev.longtail.schemas.Trial;
import dev.longtail.trials.publishing.ExperimentPublisher;
import dev.longtail.trials.publishing.InputTopics;
import dev.longtail.trials.publishing.TopicSettings;
import dev.longtail.trials.publishing.TrialPublisher;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Trials without training: random masks, and correctness with the shares that make the job work as
 * with real models. Two fifths of the training examples are memorized (right when included, three
 * times in ten when not), the others are right whatever the mask; test examples range from hopeless
 * to easy; nothing influences anything, so every pair over a threshold is noise.
 */
final class GeneratedTrials {

    /** Inclusion probability in 256ths: eight random bits decide, which makes whole words cheap. */
    private static final int INCLUDED = 179;

    private final Scenario scenario;
    private final Properties client;
    private final ExperimentTopics topics;

    GeneratedTrials(Scenario scenario, Properties client) {
        this.scenario = scenario;
        this.client = client;
        this.topics = ExperimentTopics.of(scenario.experiment());
    }

    /**
     * Creates the topics and describes the experiment.
     *
     * @param partitions of the trials; those of one partition are counted in their order
     */
    void describe(int partitions) {
        InputTopics.create(
                client, topics, TopicSettings.of(partitions, 1), scenario.train(), scenario.test());
        new ExperimentPublisher(client, topics).publish(experiment());
    }

    private Experiment experiment() {
        return Experiment.newBuilder()
                .setName(scenario.experiment())
                .setCreatedAt(Instant.now())
                .setTrainSize(scenario.train())
                .setTestSize(scenario.test())
                .setSampler(
                        Sampler.newBuilder()
                                .setKind(SamplerKind.BERNOULLI)
                                .setInclusionProbability(INCLUDED / 256.0)
                                .build())
                .setTrainLabels(labels(scenario.train()))
                .setTestLabels(labels(scenario.test()))
                .setDataFingerprint("")
                .setModel("none: generated trials of a benchmark")
                .build();
    }

    private java.util.List<Integer> labels(int size) {
        return IntStream.range(0, size).mapToObj(i -> i % scenario.classes()).toList();
    }

    /** Publishes all trials. */
    void publishAll() {
        publishFirst(scenario.trials());
    }

    /** Publishes the first trials. */
    void publishFirst(int count) {
        try (TrialPublisher publisher = publisher()) {
            for (int number = 0; number < count; number++) {
                publisher.publish(trial(number));
            }
            publisher.flush();
        }
    }

    /** What publishes trials of this scenario. */
    TrialPublisher publisher() {
        return new TrialPublisher(client, topics, scenario.train(), scenario.test());
    }

    /** A trial: the same number gives the same trial. */
    Trial trial(int number) {
        SplittableRandom random = new SplittableRandom(number);
        long[] mask = words(random, scenario.train(), group -> INCLUDED);
        long[] trainCorrect =
                words(random, scenario.train(), group -> group % 5 < 2 ? 77 : 128 + group % 120);
        for (int group = 0; group < mask.length; group++) {
            if (group % 5 < 2) {
                trainCorrect[group] |= mask[group];
            }
        }
        long[] testCorrect = words(random, scenario.test(), group -> 26 + 23 * (group % 11));
        return Trial.newBuilder()
                .setExperiment(scenario.experiment())
                .setId(String.valueOf(number))
                .setSeed(number)
                .setMask(packed(mask, scenario.train()))
                .setTrainCorrect(packed(trainCorrect, scenario.train()))
                .setTestCorrect(packed(testCorrect, scenario.test()))
                .build();
    }

    /** Share of set bits, in 256ths, of a group of 64 examples. */
    private interface Share {
        int of(int group);
    }

    private static long[] words(SplittableRandom random, int size, Share share) {
        long[] words = new long[(size + Long.SIZE - 1) / Long.SIZE];
        for (int group = 0; group < words.length; group++) {
            words[group] = bernoulli(random, share.of(group));
        }
        int used = size % Long.SIZE;
        if (used != 0) {
            words[words.length - 1] &= (1L << used) - 1;
        }
        return words;
    }

    /** 64 bits, each set with probability {@code share / 256}: a binary expansion, bit by bit. */
    private static long bernoulli(SplittableRandom random, int share) {
        long bits = 0;
        for (int place = 0; place < 8; place++) {
            long word = random.nextLong();
            bits = (share >> place & 1) != 0 ? bits | word : bits & word;
        }
        return bits;
    }

    private static ByteBuffer packed(long[] words, int size) {
        ByteBuffer bytes =
                ByteBuffer.allocate(words.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(words);
        return bytes.limit((size + 7) / 8);
    }
}
