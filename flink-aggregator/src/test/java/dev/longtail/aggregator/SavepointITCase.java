package dev.longtail.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longtail.aggregator.client.QueryableStateEstimateReader;
import dev.longtail.aggregator.cluster.ClusterOptions;
import dev.longtail.aggregator.cluster.EmbeddedCluster;
import dev.longtail.schemas.Convergence;
import dev.longtail.testing.TestBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.SavepointFormatType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * State of every release is restored by this one: a savepoint lies under {@code
 * src/test/resources/savepoints/<release>}, taken after the first {@value #BEFORE} of {@value
 * #TRIALS} trials. A new release adds its own:
 *
 * <pre>
 *   mvn -pl flink-aggregator -am verify -Dtest=NONE -Dit.test=SavepointITCase
 *       -Dlongtail.savepoint.release=0.2.0 -Dsurefire.failIfNoSpecifiedTests=false
 *       -Dfailsafe.failIfNoSpecifiedTests=false
 * </pre>
 */
class SavepointITCase {

    private static final Path SAVEPOINTS = Path.of("src/test/resources/savepoints");
    private static final String RELEASE = "longtail.savepoint.release";
    private static final int TRIALS = 60;
    private static final int BEFORE = 40;

    @TempDir Path dir;
    private final RandomTrials trials = new RandomTrials("savepoint", 23, 17, TRIALS, 8);
    private TestBroker broker;
    private ExperimentKafka kafka;

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.start(dir);
        kafka = new ExperimentKafka(broker.bootstrapServers());
        kafka.describe(trials.experiment(), 1);
    }

    @AfterEach
    void stop() {
        kafka.close();
        broker.close();
    }

    static Stream<Path> releases() throws Exception {
        try (Stream<Path> releases = Files.list(SAVEPOINTS)) {
            return releases.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("releases")
    void isContinuedFrom(Path savepoint) throws Exception {
        send(0, TRIALS);
        try (EmbeddedCluster cluster = cluster()) {
            cluster.launch(
                    settings(savepoint.toAbsolutePath().toUri().toString()),
                    ReplayRange.EVERYTHING);
            Convergence last = awaitTrials(TRIALS);
            assertThat(last.getReceived()).isEqualTo(TRIALS);
            assertThat(last.getDuplicates()).isEqualTo(1);
            ReferenceCheck reference = new ReferenceCheck(trials, kafka, trials.name);
            reference.assertEstimates();
            try (QueryableStateEstimateReader reader =
                    QueryableStateEstimateReader.open(
                            kafka.properties(),
                            trials.name,
                            null,
                            QueryableStateEstimateReader.DEFAULT_TIMEOUT)) {
                reference.assertState(reader);
            }
        }
    }

    @Test
    @EnabledIfSystemProperty(named = RELEASE, matches = ".+")
    void isWritten() throws Exception {
        send(0, BEFORE);
        kafka.send(trials.trial(0));
        kafka.flush();
        try (EmbeddedCluster cluster = cluster()) {
            JobID job = cluster.launch(settings("none"), ReplayRange.EVERYTHING);
            await().atMost(Duration.ofSeconds(120))
                    .until(() -> awaitTrials(BEFORE).getDuplicates() == 1);
            Path written =
                    Path.of(
                            java.net.URI.create(
                                    cluster.miniCluster()
                                            .triggerSavepoint(
                                                    job,
                                                    dir.resolve("written").toUri().toString(),
                                                    false,
                                                    SavepointFormatType.CANONICAL)
                                            .join()));
            Path target = Files.createDirectories(SAVEPOINTS.resolve(System.getProperty(RELEASE)));
            try (Stream<Path> files = Files.list(written)) {
                for (Path file : files.toList()) {
                    Files.copy(file, target.resolve(file.getFileName()));
                }
            }
            assertThat(target.resolve("_metadata")).exists();
        }
    }

    private EmbeddedCluster cluster() {
        return EmbeddedCluster.start(ClusterOptions.in(dir.resolve("work")).withSlots(2));
    }

    private JobSettings settings(String restore) {
        return JobSettings.parse(
                "--bootstrap-servers=" + broker.bootstrapServers(),
                "--experiment=" + trials.name,
                "--tile-train=7",
                "--tile-test=6",
                "--refresh=50",
                "--restore=" + restore,
                "--checkpoint-dir=" + dir.resolve("checkpoints"));
    }

    private void send(int from, int to) {
        for (int k = from; k < to; k++) {
            // The generator's duplicate stands where its savepoint ends.
            if (k == BEFORE) {
                kafka.send(trials.trial(0));
            }
            kafka.send(trials.trial(k));
        }
        kafka.flush();
    }

    private Convergence awaitTrials(long count) {
        await().atMost(Duration.ofSeconds(120))
                .until(
                        () ->
                                kafka.convergence(trials.name)
                                        .filter(record -> record.getTrials() == count)
                                        .isPresent());
        return kafka.convergence(trials.name).orElseThrow();
    }
}
