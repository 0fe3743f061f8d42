package dev.longtail.dashboard.topics;

import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.JobDescription;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.UndecodableRecordException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicListing;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which experiments and job outputs there are, found by topic names every other second. A topic
 * that was deleted takes its experiment along; one that was created anew under the same name (its
 * id tells) begins with an empty model.
 */
public final class ExperimentCatalog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ExperimentCatalog.class);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final RecordCodec<JobDescription> JOB = RecordCodec.of(JobDescription.class);

    private final Properties kafka;
    private final long pictureCacheBytes;
    private final Admin admin;
    private final RecordReader reader;
    private final Map<String, ExperimentFollower> experiments = new HashMap<>();
    private final Map<String, FollowedOutput> outputs = new ConcurrentSkipListMap<>();
    private final Map<String, String> experimentOfReplay = new HashMap<>();
    private final ScheduledExecutorService looking =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "look-for-experiments");
                        thread.setDaemon(true);
                        return thread;
                    });
    private Map<String, Uuid> topics = Map.of();
    private volatile boolean connected;

    /**
     * @param kafka properties of Kafka clients
     * @param pictureCacheBytes memory for names and pictures, per experiment
     */
    public ExperimentCatalog(Properties kafka, long pictureCacheBytes) {
        this.kafka = kafka;
        this.pictureCacheBytes = pictureCacheBytes;
        this.admin = Admin.create(kafka);
        this.reader = new RecordReader(kafka);
    }

    /** Begins to look for experiments. */
    public void start() {
        looking.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether Kafka answered the last time it was asked. */
    public boolean connected() {
        return connected;
    }

    /** All outputs by prefix. */
    public Collection<FollowedOutput> outputs() {
        return outputs.values();
    }

    /** The output with a prefix. */
    public Optional<FollowedOutput> output(String prefix) {
        return Optional.ofNullable(outputs.get(prefix));
    }

    @Override
    public void close() {
        looking.shutdownNow();
        outputs.values().forEach(FollowedOutput::close);
        experiments.values().forEach(ExperimentFollower::close);
        admin.close(Duration.ofSeconds(1));
        reader.close();
    }

    private void look() {
        try {
            Map<String, Uuid> now = listTopics();
            connected = true;
            forgetChanged(now);
            topics = now;
            followNew();
            outputs.values().forEach(FollowedOutput::noticeExamples);
            countTrials();
        } catch (InterruptedException | InterruptException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException | KafkaException e) {
            if (connected) {
                LOG.warn("Kafka does not answer: {}", e.toString());
            }
            connected = false;
        } catch (RuntimeException e) {
            LOG.error("looking for experiments failed, is tried again", e);
        }
    }

    private Map<String, Uuid> listTopics()
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, Uuid> found = new HashMap<>();
        for (TopicListing topic : get(admin.listTopics().listings())) {
            found.put(topic.name(), topic.topicId());
        }
        return found;
    }

    private void forgetChanged(Map<String, Uuid> now) {
        Set<String> changed = new TreeSet<>();
        topics.forEach(
                (topic, id) -> {
                    if (!id.equals(now.get(topic))) {
                        changed.add(topic);
                    }
                });
        experiments
                .entrySet()
                .removeIf(
                        e -> {
                            ExperimentTopics names = ExperimentTopics.of(e.getKey());
                            boolean gone =
                                    changed.contains(names.experimentTopic())
                                            || changed.contains(names.examplesTopic());
                            if (gone) {
                                e.getValue().close();
                            }
                            return gone;
                        });
        outputs.values()
                .removeIf(
                        output -> {
                            ExperimentTopics names = output.topics();
                            boolean gone =
                                    changed.contains(names.experimentTopic())
                                            || changed.contains(names.examplesTopic())
                                            || names.outputTopics().stream()
                                                    .anyMatch(changed::contains);
                            if (gone) {
                                experimentOfReplay.remove(names.output());
                                output.close();
                            }
                            return gone;
                        });
    }

    private void followNew() {
        for (String experiment : prefixes(ExperimentTopics.EXPERIMENT_SUFFIX)) {
            experiments.computeIfAbsent(
                    experiment, e -> new ExperimentFollower(e, kafka, reader, pictureCacheBytes));
            follow(ExperimentTopics.of(experiment));
        }
        for (String output : prefixes(ExperimentTopics.JOB_SUFFIX)) {
            if (!experiments.containsKey(output)) {
                experimentOf(output).ifPresent(e -> follow(new ExperimentTopics(e, output)));
            }
        }
    }

    private void follow(ExperimentTopics names) {
        ExperimentFollower experiment = experiments.get(names.experiment());
        if (experiment == null || experiment.description().isEmpty()) {
            return;
        }
        var description = experiment.description().get();
        outputs.computeIfAbsent(
                        names.output(),
                        o ->
                                new FollowedOutput(
                                        names, description, experiment.examples(), kafka, reader))
                .describe(description);
    }

    private Optional<String> experimentOf(String replay) {
        String known = experimentOfReplay.get(replay);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<String> read =
                reader.readLast(replay + ExperimentTopics.JOB_SUFFIX)
                        .flatMap(message -> experimentIn(message.value(), replay));
        read.ifPresent(experiment -> experimentOfReplay.put(replay, experiment));
        return read;
    }

    private static Optional<String> experimentIn(byte[] value, String replay) {
        try {
            return Optional.of(JOB.decode(value).getExperiment());
        } catch (UndecodableRecordException e) {
            LOG.warn("{}.job names no experiment: {}", replay, e.getMessage());
            return Optional.empty();
        }
    }

    private Set<String> prefixes(String suffix) {
        Set<String> prefixes = new TreeSet<>();
        for (String topic : topics.keySet()) {
            if (topic.endsWith(suffix)) {
                String prefix = topic.substring(0, topic.length() - suffix.length());
                if (ExperimentTopics.NAME.matcher(prefix).matches()) {
                    prefixes.add(prefix);
                }
            }
        }
        return prefixes;
    }

    private void countTrials() throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, List<TopicPartition>> partitions = new TreeMap<>();
        Set<String> trialTopics = new TreeSet<>();
        outputs.values().forEach(o -> trialTopics.add(o.topics().trialsTopic()));
        trialTopics.retainAll(topics.keySet());
        if (trialTopics.isEmpty()) {
            return;
        }
        get(admin.describeTopics(trialTopics).allTopicNames())
                .forEach(
                        (topic, description) ->
                                partitions.put(
                                        topic,
                                        description.partitions().stream()
                                                .map(p -> new TopicPartition(topic, p.partition()))
                                                .toList()));
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.values().forEach(all -> all.forEach(p -> asked.put(p, OffsetSpec.latest())));
        Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> ends =
                get(admin.listOffsets(asked).all());
        for (FollowedOutput output : outputs.values()) {
            List<TopicPartition> own = partitions.get(output.topics().trialsTopic());
            if (own != null) {
                output.trialRecords(own.stream().mapToLong(p -> ends.get(p).offset()).sum());
            }
        }
    }

    private static <T> T get(org.apache.kafka.common.KafkaFuture<T> future)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
