package dev.longtail.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.longtail.aggregator.ExperimentKafka;
import dev.longtail.aggregator.JobSettings;
import dev.longtail.aggregator.ReplayRange;
import dev.longtail.aggregator.cluster.ClusterOptions;
import dev.longtail.aggregator.cluster.EmbeddedCluster;
import dev.longtail.exchange.exporting.PlainTrials;
import dev.longtail.schemas.Convergence;
import dev.longtail.schemas.InfluencePair;
import dev.longtail.schemas.MemorizationBlock;
import dev.longtail.schemas.PairBlock;
import dev.longtail.schemas.Split;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;

/** Real jobs that count what is imported or published, and what they must come to. */
final class CountingJobs implements AutoCloseable {

    private static final double TOLERANCE = 1e-12;

    /** Enough for the jobs of a test class, two each. */
    private static final int SLOTS = 12;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path directory;
    private final String bootstrapServers;
    private final ExperimentKafka kafka;
    private final EmbeddedCluster cluster;
    private final Map<String, JobID> jobs = new TreeMap<>();

    CountingJobs(Path directory, String bootstrapServers) {
        this.directory = directory;
        this.bootstrapServers = bootstrapServers;
        this.kafka = new ExperimentKafka(bootstrapServers);
        this.cluster =
                EmbeddedCluster.start(
                        ClusterOptions.in(directory.resolve("flink")).withSlots(SLOTS));
    }

    /** Starts the job of an experiment. */
    void start(String experiment) throws Exception {
        JobSettings settings =
                JobSettings.parse(
                        "--bootstrap-servers=" + bootstrapServers,
                        "--experiment=" + experiment,
                        "--refresh=50",
                        "--state-memory=32",
                        "--tile-train=16",
                        "--checkpoint-dir=" + directory.resolve("checkpoints"));
        jobs.put(experiment, cluster.launch(settings, ReplayRange.EVERYTHING));
    }

    /** Whether the job of an experiment has run without a pause since its start. */
    void assertUndisturbed(String experiment) {
        assertThat(cluster.status(jobs.get(experiment))).isEqualTo(JobStatus.RUNNING);
        assertThat(convergence(experiment).getAttempt())
                .as("a restarted job has a later attempt")
                .isEqualTo(firstAttempt(experiment));
    }

    private long firstAttempt(String experiment) {
        return kafka.all(experiment + ".convergence", Convergence.class).get(0).getAttempt();
    }

    /** How many trials the job has counted, 0 before the first. */
    long counted(String experiment) {
        return kafka.convergence(experiment).map(Convergence::getTrials).orElse(0L);
    }

    Convergence convergence(String experiment) {
        return kafka.convergence(experiment).orElseThrow();
    }

    /** Waits until the job has counted so many. */
    void awaitTrials(String experiment, long trials) {
        await().atMost(PATIENCE).until(() -> counted(experiment), count -> count >= trials);
        assertThat(counted(experiment)).isEqualTo(trials);
    }

    /** The published memorization and high-influence pairs are those of the paper's formula. */
    void assertEstimates(String experiment, PlainTrials trials) {
        TreeSet<Integer> seen = new TreeSet<>();
        for (MemorizationBlock group :
                newest(experiment + ".estimates", MemorizationBlock.class, trials.trials())) {
            for (int place = 0; place < group.getExamples().size(); place++) {
                int i = group.getExamples().get(place);
                seen.add(i);
                assertThat(group.getMemorization().get(place))
                        .as("memorization of %d", i)
                        .isEqualTo(trials.memorization(i), within(TOLERANCE));
            }
        }
        assertThat(seen).hasSize(trials.trainSize());
        TreeSet<String> pairs = new TreeSet<>();
        for (PairBlock group : newest(experiment + ".pairs", PairBlock.class, trials.trials())) {
            for (InfluencePair pair : group.getPairs()) {
                assertThat(pair.getInfluence())
                        .isEqualTo(
                                trials.influence(pair.getTrain(), pair.getTest()),
                                within(TOLERANCE));
                if (group.getSide() == Split.TRAIN) {
                    pairs.add(pair.getTrain() + "," + pair.getTest());
                }
            }
        }
        assertThat(pairs).isNotEmpty().isEqualTo(highInfluence(trials));
    }

    private static TreeSet<String> highInfluence(PlainTrials trials) {
        TreeSet<String> pairs = new TreeSet<>();
        for (int i = 0; i < trials.trainSize(); i++) {
            for (int j = 0; j < trials.testSize(); j++) {
                if (trials.memorization(i) >= 0.25 && trials.influence(i, j) >= 0.15) {
                    pairs.add(i + "," + j);
                }
            }
        }
        return pairs;
    }

    /** Values of one publication go through several producers: the last may come a little later. */
    private <T extends SpecificRecordBase> Collection<T> newest(
            String topic, Class<T> type, long trials) {
        return await().atMost(PATIENCE)
                .until(
                        () -> kafka.newest(topic, type).values(),
                        groups ->
                                !groups.isEmpty()
                                        && groups.stream()
                                                .allMatch(group -> trialsOf(group) == trials));
    }

    private static long trialsOf(SpecificRecordBase group) {
        return (Long) group.get("trials");
    }

    @Override
    public void close() {
        jobs.values().forEach(cluster::cancel);
        cluster.close();
        kafka.close();
    }
}
