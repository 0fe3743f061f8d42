package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longtail.cli.LaunchedSystem.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A system in the background: found by other commands, healed, stopped, resumed, emptied. */
class UpITCase {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir Path dir;

    @Test
    void countsAnyExperimentHealsAndGoesOnFromAnOlderStateWhenTheNewestIsBroken() throws Exception {
        try (LaunchedSystem system = new LaunchedSystem(dir)) {
            up(system);
            assertThat(system.run("up").exitCode()).as("a second system").isEqualTo(1);
            train(system, 8);
            awaitCounted(system, 8);

            long cluster = system.pid("cluster");
            ProcessHandle.of(cluster).orElseThrow().destroyForcibly();
            train(system, 12);
            awaitCounted(system, 12);
            assertThat(system.pid("cluster")).isNotEqualTo(cluster);
            assertThat(Files.readString(system.workDir().resolve("logs/supervisor.log")))
                    .contains("cluster ended unexpectedly", "Counting of 'tiny' goes on from");

            assertThat(system.run("down").exitCode()).isZero();
            assertThat(system.processes()).isEmpty();
            assertThat(system.run("down").exitCode()).as("nothing to stop").isZero();

            breakNewestState(system);
            up(system);
            awaitCounted(system, 12);
            assertThat(Files.readString(system.workDir().resolve("logs/supervisor.log")))
                    .contains("cannot be restored", "Counting of 'tiny' goes on from");

            Ended deleted = system.run("experiments", "delete", "tiny", "--yes");
            assertThat(deleted.exitCode()).as(deleted.output()).isZero();
            assertThat(system.run("experiments", "list").output()).contains("No experiment yet");
            assertThat(system.workDir().resolve("flink/tiny")).doesNotExist();
            assertThat(system.run("down").exitCode()).isZero();
            assertThat(system.processes()).isEmpty();
        }
    }

    private static void up(LaunchedSystem system) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("up", "--checkpoint-interval=1000"));
        arguments.addAll(LaunchedSystem.ports());
        Ended up = system.start(arguments).awaitEnd();
        assertThat(up.exitCode()).as(up.output()).isZero();
        assertThat(up.output()).contains("Longtail is up", "Dashboard");
    }

    private static void train(LaunchedSystem system, int trials) throws Exception {
        Ended trained =
                system.run(
                        "train",
                        "--experiment=tiny",
                        "--epochs=1",
                        "--hidden=8",
                        "--trials=" + trials);
        assertThat(trained.exitCode()).as(trained.output()).isZero();
        assertThat(trained.output())
                .contains("trials to train", "per hour", "accuracy included")
                .doesNotContain("CUDA");
    }

    private static void awaitCounted(LaunchedSystem system, int trials) {
        await().atMost(PATIENCE)
                .until(
                        () -> {
                            JsonNode tiny =
                                    JSON.readTree(system.run("status", "--json").output())
                                            .path("experiments")
                                            .path(0);
                            return tiny.path("state").asText().equals("RUNNING")
                                    && tiny.path("trials").asLong() == trials
                                    && tiny.path("checkpointAgeSeconds").isNumber();
                        });
    }

    private static void breakNewestState(LaunchedSystem system) throws IOException {
        try (Stream<Path> files = Files.walk(system.workDir().resolve("flink"))) {
            Path newest =
                    files.filter(file -> file.endsWith("_metadata"))
                            .max(Comparator.comparing(file -> file.toFile().lastModified()))
                            .orElseThrow();
            Files.write(newest, new byte[] {1, 2, 3});
            assertThat(newest.toFile().setLastModified(System.currentTimeMillis())).isTrue();
        }
    }
}
