package dev.longtail.helm;

import dev.longtail.helm.CountedTrials.Bits;
import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.PackedBits;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.Trial;
import dev.longtail.testing.TestProducer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/** Random trials of {@link TestExperiment}. */
final class GeneratedTrials {

    private final Random random = new Random(7);
    private final List<Bits> trials = new ArrayList<>();
    private final ExperimentTopics topics;
    private final String bootstrapServers;

    GeneratedTrials(Experiment experiment, String bootstrapServers) {
        this.topics = ExperimentTopics.of(experiment.getName());
        this.bootstrapServers = bootstrapServers;
    }

    void describe(Experiment experiment) {
        try (TestProducer producer = TestProducer.of(bootstrapServers)) {
            byte[] value = RecordCodec.of(Experiment.class).encode(experiment);
            producer.send(topics.experimentTopic(), experiment.getName(), value);
        }
    }

    /** Publishes more trials; those published before are sent once more and must not count. */
    void publish(int more) {
        for (int k = 0; k < more; k++) {
            trials.add(
                    new Bits(
                            bits(TestExperiment.TRAIN, TestExperiment.SUBSET),
                            bits(TestExperiment.TRAIN, 20 + random.nextInt(20)),
                            bits(TestExperiment.TEST, random.nextInt(TestExperiment.TEST))));
        }
        RecordCodec<Trial> codec = RecordCodec.of(Trial.class);
        try (TestProducer producer = TestProducer.of(bootstrapServers)) {
            for (int k = 0; k < trials.size(); k++) {
                Bits bits = trials.get(k);
                Trial trial =
                        Trial.newBuilder()
                                .setExperiment(topics.experiment())
                                .setId(String.valueOf(k))
                                .setMask(packed(bits.mask()))
                                .setTrainCorrect(packed(bits.trainCorrect()))
                                .setTestCorrect(packed(bits.testCorrect()))
                                .build();
                producer.send(topics.trialsTopic(), trial.getId(), codec.encode(trial));
            }
        }
    }

    /** All that were published so far. */
    CountedTrials counted() {
        return new CountedTrials(List.copyOf(trials));
    }

    /** Exactly so many of so many, uniformly. */
    private boolean[] bits(int size, int set) {
        BitSet chosen = new BitSet(size);
        while (chosen.cardinality() < set) {
            chosen.set(random.nextInt(size));
        }
        boolean[] bits = new boolean[size];
        chosen.stream().forEach(i -> bits[i] = true);
        return bits;
    }

    private static ByteBuffer packed(boolean[] bits) {
        return ByteBuffer.wrap(PackedBits.pack(bits));
    }
}
