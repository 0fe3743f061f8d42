package dev.longtail.dashboard.simulation;

import dev.longtail.schemas.Example;
import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.PackedBits;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.Sampler;
import dev.longtail.schemas.SamplerKind;
import dev.longtail.schemas.Split;
import dev.longtail.schemas.Trial;
import dev.longtail.testing.TestProducer;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.IntFunction;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Publishes what trainers would publish for simulated trials. */
public final class SimulatedExperiment implements AutoCloseable {

    private static final int PAINTED = 2_000;

    private final ExperimentTopics topics;
    private final SimulatedTrials trials;
    private final TestProducer producer;
    private final Properties kafka;
    private final IntFunction<String> names;

    /**
     * @param names name of each training example
     */
    public SimulatedExperiment(
            String experiment,
            String bootstrapServers,
            SimulatedTrials trials,
            IntFunction<String> names) {
        this.topics = ExperimentTopics.of(experiment);
        this.trials = trials;
        this.names = names;
        this.kafka = new Properties();
        kafka.put("bootstrap.servers", bootstrapServers);
        kafka.put("max.request.size", 16 << 20);
        this.producer = new TestProducer(kafka);
    }

    ExperimentTopics topics() {
        return topics;
    }

    /** The trials, counted by the plain formula. */
    public SimulatedTrials trials() {
        return trials;
    }

    /** Creates the topics and publishes the description and the examples. */
    public void describe(boolean pictures) throws ExecutionException, InterruptedException {
        describeWithoutExamples();
        publishExamples(pictures);
    }

    /** Creates the topics and publishes the description only. */
    public void describeWithoutExamples() throws ExecutionException, InterruptedException {
        createTopics();
        List<String> classes = new ArrayList<>();
        for (int c = 0; c <= Arrays.stream(trials.trainLabels).max().orElse(0); c++) {
            classes.add("digit " + c);
        }
        send(
                topics.experimentTopic(),
                topics.experiment(),
                Experiment.newBuilder()
                        .setName(topics.experiment())
                        .setCreatedAt(Instant.now())
                        .setTrainSize(trials.trainSize)
                        .setTestSize(trials.testSize)
                        .setSampler(
                                Sampler.newBuilder()
                                        .setKind(SamplerKind.FIXED_SIZE)
                                        .setSubsetSize(trials.subsetSize)
                                        .build())
                        .setClassNames(classes)
                        .setTrainLabels(boxed(trials.trainLabels))
                        .setTestLabels(boxed(trials.testLabels))
                        .setDataFingerprint("00".repeat(32))
                        .setModel("simulated")
                        .build());
        flush();
    }

    /** Publishes pictures of so many examples of each split, the same few over and over. */
    public void publishPictures(int count) {
        byte[][] painted = new byte[PAINTED][];
        for (int k = 0; k < PAINTED; k++) {
            painted[k] = GlyphPainter.paint(k % 10, (k % 7) / 7.0, k);
        }
        for (int i = 0; i < Math.min(count, trials.trainSize); i++) {
            publish(Split.TRAIN, i, trials.trainLabels[i], "train-" + i, painted[i % PAINTED]);
        }
        for (int j = 0; j < Math.min(count, trials.testSize); j++) {
            int other = (j + PAINTED / 2) % PAINTED;
            publish(Split.TEST, j, trials.testLabels[j], "test-" + j, painted[other]);
        }
        flush();
    }

    private void publishExamples(boolean pictures) {
        for (int i = 0; i < trials.trainSize; i++) {
            byte[] picture =
                    pictures
                            ? GlyphPainter.paint(
                                    trials.trainLabels[i] % 10, trials.strangeness(i), i)
                            : null;
            publish(Split.TRAIN, i, trials.trainLabels[i], names.apply(i), picture);
        }
        for (int j = 0; j < trials.testSize; j++) {
            int twin = trials.twin[j];
            byte[] picture =
                    !pictures
                            ? null
                            : twin < 0
                                    ? GlyphPainter.paint(
                                            trials.testLabels[j] % 10,
                                            1 - trials.testAccuracy[j],
                                            1_000_000L + j)
                                    : GlyphPainter.paint(
                                            trials.trainLabels[twin] % 10,
                                            trials.strangeness(twin),
                                            twin);
            publish(Split.TEST, j, trials.testLabels[j], "test-" + j, picture);
        }
    }

    private void publish(Split split, int index, int label, String name, byte[] picture) {
        send(
                topics.examplesTopic(),
                ExperimentTopics.exampleKey(split, index),
                Example.newBuilder()
                        .setSplit(split)
                        .setIndex(index)
                        .setLabel(label)
                        .setName(name)
                        .setPicture(picture == null ? null : ByteBuffer.wrap(picture))
                        .build());
    }

    /** Creates the topics of trainers and of the job. */
    public void createTopics() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(kafka)) {
            List<NewTopic> created = new ArrayList<>();
            topics.inputTopics().forEach(t -> created.add(topic(t)));
            topics.outputTopics().forEach(t -> created.add(topic(t)));
            admin.createTopics(created).all().get();
        }
    }

    /** Deletes all topics, as a person who deletes the experiment does. */
    public void deleteTopics() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(kafka)) {
            List<String> all = new ArrayList<>(topics.inputTopics());
            all.addAll(topics.outputTopics());
            admin.deleteTopics(all).all().get();
        }
    }

    /** Runs trials and publishes them to the trial topic, for a real job to count. */
    public void publishTrials(int count) {
        for (int k = 0; k < count; k++) {
            String id = String.valueOf(trials.trials());
            SimulatedTrials.Outcome outcome = trials.runOne();
            send(
                    topics.trialsTopic(),
                    id,
                    Trial.newBuilder()
                            .setExperiment(topics.experiment())
                            .setId(id)
                            .setMask(packed(outcome.mask()))
                            .setTrainCorrect(packed(outcome.trainRight()))
                            .setTestCorrect(packed(outcome.testRight()))
                            .build());
        }
        flush();
    }

    /** Publishes bytes that are no trial. */
    public void publishPoison(byte[] bytes) {
        producer.send(topics.trialsTopic(), null, bytes);
        flush();
    }

    <T extends SpecificRecordBase> void send(String topic, String key, T value) {
        @SuppressWarnings("unchecked")
        Class<T> type = (Class<T>) value.getClass();
        producer.send(topic, key, RecordCodec.of(type).encode(value));
    }

    void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }

    private static ByteBuffer packed(boolean[] bits) {
        return ByteBuffer.wrap(PackedBits.pack(bits));
    }

    private static NewTopic topic(String name) {
        return new NewTopic(name, 1, (short) 1)
                .configs(Map.of("max.message.bytes", String.valueOf(16 << 20)));
    }

    private static List<Integer> boxed(int[] array) {
        return new ArrayList<>(Arrays.stream(array).boxed().toList());
    }
}
