package dev.longtail.trials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.PackedBits;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.Trial;
import dev.longtail.testing.TestBroker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Brokers that go away and workers that are told to go: nothing lost, nothing doubled. */
class FaultITCase {

    private static final Path WORKER_LOG = Path.of("target", "fault-worker.log");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir Path dir;

    @Test
    void aBrokerThatIsAwayForAWhileLosesAndDoublesNothing() throws Exception {
        try (TestBroker broker = TestBroker.start(dir)) {
            CompletableFuture<Integer> training =
                    CompletableFuture.supplyAsync(
                            () ->
                                    new CommandLine(new TrainCommand())
                                            .execute(arguments(broker, "outage", 60)));
            await().atMost(PATIENCE).until(() -> !trials(broker, "outage").isEmpty());
            broker.stop();
            broker.restart();
            assertThat(training.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isZero();
            assertComplete(trials(broker, "outage"), 60);
        }
    }

    /** The message names what could not be delivered; what was published before stays whole. */
    @Test
    void aBrokerThatStaysAwayEndsTheWorkerWithAnError() throws Exception {
        Path impatient =
                Files.writeString(
                        dir.resolve("impatient.properties"),
                        "delivery.timeout.ms=20000\nrequest.timeout.ms=5000\nmax.block.ms=20000\n");
        try (TestBroker broker = TestBroker.start(dir)) {
            List<String> arguments = new ArrayList<>(List.of(arguments(broker, "away", 100_000)));
            arguments.add("--kafka-config=" + impatient);
            StringWriter errors = new StringWriter();
            CompletableFuture<Integer> training =
                    CompletableFuture.supplyAsync(
                            () ->
                                    new CommandLine(new TrainCommand())
                                            .setErr(new PrintWriter(errors, true))
                                            .execute(arguments.toArray(String[]::new)));
            await().atMost(PATIENCE).until(() -> trials(broker, "away").size() > 3);
            broker.stop();
            assertThat(training.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(errors.toString()).contains("longtail train: ", "away.trials");
            broker.restart();
            List<Trial> published = trials(broker, "away");
            assertThat(published).extracting(Trial::getId).doesNotHaveDuplicates();
            assertThat(published).hasSizeGreaterThan(3);
        }
    }

    @Test
    void aWorkerThatIsToldToGoLeavesWholeTrialsAndCanBeStartedAgain() throws Exception {
        try (TestBroker broker = TestBroker.start(dir)) {
            Process worker = start(arguments(broker, "stop", 400));
            await().atMost(PATIENCE).until(() -> trials(broker, "stop").size() >= 2);
            worker.destroy();
            assertThat(worker.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(worker.exitValue()).as("ended by SIGTERM").isEqualTo(143);
            Map<String, Trial> before = byId(trials(broker, "stop"));
            assertThat(before).hasSizeBetween(2, 399);
            // Whoever stopped it is told what is left, the abandoned trial among it.
            assertThat(Files.readString(WORKER_LOG))
                    .contains(
                            "worker 0/1 stopped: %d trials trained, 0 of them flagged as not converged, %d left"
                                    .formatted(before.size(), 400 - before.size()));

            int some = before.size() + 10;
            assertThat(new CommandLine(new TrainCommand()).execute(arguments(broker, "stop", some)))
                    .isZero();
            List<Trial> after = trials(broker, "stop");
            assertComplete(after, some);
            before.forEach((id, trial) -> assertThat(byId(after)).containsEntry(id, trial));
        }
    }

    private static String[] arguments(TestBroker broker, String experiment, int trials) {
        return new String[] {
            "--bootstrap-servers",
            broker.bootstrapServers(),
            "--experiment",
            experiment,
            "--replication-factor",
            "1",
            "--trials",
            String.valueOf(trials),
            "--epochs",
            "25",
            "--progress",
            "log"
        };
    }

    private static Process start(String[] arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Dorg.apache.logging.log4j.level=INFO",
                                "-Dlog4j.shutdownHookEnabled=false",
                                "-cp",
                                System.getProperty("java.class.path"),
                                TrainProgram.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(WORKER_LOG.toFile())
                .start();
    }

    private static List<Trial> trials(TestBroker broker, String experiment) throws Exception {
        Properties client = new Properties();
        client.setProperty("bootstrap.servers", broker.bootstrapServers());
        String topic = ExperimentTopics.of(experiment).trialsTopic();
        if (!TopicContents.exists(client, topic)) {
            return List.of();
        }
        RecordCodec<Trial> codec = RecordCodec.of(Trial.class);
        List<Trial> trials = new ArrayList<>();
        for (byte[] value : TopicContents.values(client, topic)) {
            trials.add(codec.decode(value));
        }
        return trials;
    }

    private static Map<String, Trial> byId(List<Trial> trials) {
        Map<String, Trial> byId = new HashMap<>();
        trials.forEach(trial -> byId.put(trial.getId(), trial));
        return byId;
    }

    private static void assertComplete(List<Trial> trials, int count) {
        assertThat(trials)
                .extracting(Trial::getId)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, count).mapToObj(String::valueOf).toList());
        for (Trial trial : trials) {
            ByteBuffer mask = trial.getMask().duplicate();
            byte[] bytes = new byte[mask.remaining()];
            mask.get(bytes);
            assertThat(PackedBits.count(bytes)).isEqualTo(1400);
        }
    }
}
