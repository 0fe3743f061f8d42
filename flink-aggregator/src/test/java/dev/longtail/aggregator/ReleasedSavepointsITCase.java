package dev.longtail.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longtail.aggregator.client.QueryableStateEstimateReader;
import dev.longtail.aggregator.cluster.ClusterOptions;
import dev.longtail.aggregator.cluster.EmbeddedCluster;
import dev.longtail.schemas.Convergence;
import dev.longtail.testing.TestBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Savepoints that jobs of released versions took must restore. At a release, the savepoint of the
 * new version is written by
 *
 * <pre>
 *   mvn -pl flink-aggregator -am verify -Dit.test=ReleasedSavepointsITCase#write -Dtest=NONE \
 *       -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
 *       -Dlongtail.write-savepoint=0.1.0
 * </pre>
 *
 * and committed. A savepoint that is there never changes.
 */
class ReleasedSavepointsITCase {

    private static final Path SAVEPOINTS =
            Path.of("src/test/resources/dev/longtail/aggregator/savepoints");

    /** What the savepoints are of: two blocks of 20 trials counted, 10 trials pending. */
    private static final RandomTrials TRIALS = new RandomTrials("released", 43, 31, 120, 3);

    private static final int BEFORE = 50;
    private static final int PARTITIONS = 2;
    private static final byte[] FORGOTTEN = {0};

    @TempDir private static Path dir;
    private static TestBroker broker;
    private static ExperimentKafka kafka;

    @BeforeAll
    static void startBroker() {
        broker = TestBroker.start(dir);
        kafka = new ExperimentKafka(broker.bootstrapServers());
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
        broker.close();
    }

    static Stream<String> versions() {
        try (Stream<Path> versions = Files.list(SAVEPOINTS)) {
            return versions.map(version -> version.getFileName().toString()).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The first trials are no longer in Kafka: only garbage is where they were, so that all counts
     * can only be right if they come from the savepoint.
     */
    @ParameterizedTest
    @MethodSource("versions")
    void restores(String version) throws Exception {
        String name = "released";
        kafka.describe(TRIALS.experiment(), PARTITIONS);
        for (int k = 0; k < BEFORE; k++) {
            kafka.send(name + ".trials", null, String.valueOf(k), FORGOTTEN);
        }
        send(BEFORE, TRIALS.trials());
        try (EmbeddedCluster cluster = cluster(version)) {
            cluster.launch(
                    settings("--refresh=50", "--restore=" + SAVEPOINTS.resolve(version)),
                    ReplayRange.EVERYTHING);
            await().atMost(Duration.ofMinutes(2))
                    .until(
                            () ->
                                    kafka.convergence(name)
                                            .filter(last -> last.getTrials() == TRIALS.trials())
                                            .isPresent());
            Convergence last = kafka.convergence(name).orElseThrow();
            assertThat(last.getReceived()).isEqualTo(TRIALS.trials());
            assertThat(last.getRejected()).isZero();
            assertThat(last.getDuplicates()).isZero();
            ReferenceCheck reference = new ReferenceCheck(TRIALS, kafka, name);
            reference.assertEstimates();
            reference.assertPairs();
            try (QueryableStateEstimateReader reader =
                    QueryableStateEstimateReader.open(
                            kafka.properties(),
                            name,
                            null,
                            null,
                            QueryableStateEstimateReader.DEFAULT_TIMEOUT)) {
                reference.assertState(reader);
            }
        } finally {
            kafka.delete(name);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "longtail.write-savepoint", matches = ".+")
    void write() throws Exception {
        Path target = SAVEPOINTS.resolve(System.getProperty("longtail.write-savepoint"));
        assertThat(target).as("a released savepoint never changes").doesNotExist();
        kafka.describe(TRIALS.experiment(), PARTITIONS);
        send(0, BEFORE);
        try (EmbeddedCluster cluster = cluster("write")) {
            JobID job = cluster.launch(settings("--refresh=600000"), ReplayRange.EVERYTHING);
            // Offsets are committed when a checkpoint is complete: then all trials have arrived.
            await().atMost(Duration.ofMinutes(2)).until(() -> committed() == BEFORE);
            String savepoint =
                    cluster.miniCluster()
                            .triggerSavepoint(
                                    job,
                                    dir.resolve("savepoints").toUri().toString(),
                                    true,
                                    SavepointFormatType.CANONICAL)
                            .get();
            cluster.result(job).join();
            Files.createDirectories(SAVEPOINTS);
            Files.move(Path.of(URI.create(savepoint)), target);
        } finally {
            kafka.delete("released");
        }
        assertThat(target.resolve("_metadata")).isNotEmptyFile();
    }

    private static long committed() throws Exception {
        try (Admin admin = Admin.create(kafka.properties())) {
            return admin
                    .listConsumerGroupOffsets("longtail.released")
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(offset -> offset.offset())
                    .sum();
        }
    }

    private static EmbeddedCluster cluster(String name) {
        return EmbeddedCluster.start(ClusterOptions.in(dir.resolve(name)).withSlots(2));
    }

    private static JobSettings settings(String... options) {
        return JobSettings.parse(
                Stream.concat(
                                Stream.of(
                                        "--bootstrap-servers=" + broker.bootstrapServers(),
                                        "--experiment=released",
                                        "--block-size=20",
                                        "--checkpoint-interval=200",
                                        "--state-memory=64",
                                        "--tile-train=9",
                                        "--checkpoint-dir=" + dir.resolve("checkpoints")),
                                Stream.of(options))
                        .toArray(String[]::new));
    }

    private static void send(int from, int to) {
        for (int k = from; k < to; k++) {
            kafka.send(TRIALS.trial(k));
        }
        kafka.flush();
    }
}
