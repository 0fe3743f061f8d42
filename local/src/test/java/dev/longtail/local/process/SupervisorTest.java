package dev.longtail.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.longtail.local.WorkDirectory;
import dev.longtail.local.process.ChildProgram.Readiness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path dir;

    private final ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();

    static Supervisor supervisor(Path dir, Consumer<String> say) {
        return new Supervisor(
                JavaProgram.ofThis(SmallProgram.class), WorkDirectory.at(dir.resolve("work")), say);
    }

    static ChildProgram running(String name, Path file) {
        return program(name, () -> Files.exists(file), false, "run", file.toString());
    }

    private static ChildProgram program(
            String name, Readiness readiness, boolean ends, String... arguments) {
        return new ChildProgram(
                name,
                List.of("-Xmx32m", "-XX:TieredStopAtLevel=1"),
                List.of(arguments),
                readiness,
                ends,
                true,
                Duration.ofSeconds(10));
    }

    @Test
    void stopsThemInTheOppositeOrderAndLeavesNothingBehind() {
        Path first = dir.resolve("first");
        Path second = dir.resolve("second");
        try (Supervisor supervisor = supervisor(dir, said::add)) {
            Child one = supervisor.start(running("one", first));
            Child two = supervisor.start(running("two", second));
            one.ready().join();
            two.ready().join();
            assertThat(pidFile("one").process()).isPresent();
            assertThat(one.ended()).isNotDone();
        }
        assertThat(first).as("removed by an orderly stop").doesNotExist();
        assertThat(second).doesNotExist();
        assertThat(pidFile("one").path()).doesNotExist();
        assertThat(said).isEmpty();
    }

    @Test
    void startsACrashedProgramAgainAndSaysSo() {
        try (Supervisor supervisor = supervisor(dir, said::add)) {
            Path running = dir.resolve("running");
            Child child =
                    supervisor.start(
                            program(
                                    "wobbly",
                                    () -> Files.exists(running),
                                    false,
                                    "crash-once",
                                    dir.resolve("mark").toString()));
            child.ready().join();
            assertThat(said)
                    .singleElement()
                    .asString()
                    .contains("wobbly ended unexpectedly with exit code 3");
        }
    }

    @Test
    void badUsageFailsAtOnceWithTheLog() {
        try (Supervisor supervisor = supervisor(dir, said::add)) {
            Child child = supervisor.start(program("misused", () -> false, false, "exit", "2"));
            assertThatThrownBy(() -> child.ended().join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(ChildFailedException.class)
                    .hasMessageContaining("misused failed with exit code 2")
                    .hasMessageContaining("misused.log");
            assertThatThrownBy(() -> child.ready().join())
                    .hasMessageContaining("ended before it was ready");
        }
    }

    @Test
    void aProgramThatIsDoneIsNotStartedAgain() {
        try (Supervisor supervisor = supervisor(dir, said::add)) {
            Child child = supervisor.start(program("trainer", Readiness.NONE, true, "exit", "0"));
            child.ended().join();
            assertThat(said).isEmpty();
        }
    }

    @Test
    void whatAProgramSaysIsPassedOn() {
        try (Supervisor supervisor = supervisor(dir, said::add)) {
            supervisor
                    .start(program("speaker", Readiness.NONE, true, "say", "hello"))
                    .ended()
                    .join();
            assertThat(said).containsExactly("hello");
        }
    }

    @Test
    void noProgramOutlivesAKilledSupervisor() throws Exception {
        Path childRuns = dir.resolve("child-runs");
        Process supervisor =
                JavaProgram.ofThis(SmallProgram.class)
                        .process(List.of("-Xmx32m"), List.of("supervise", dir.toString()))
                        .inheritIO()
                        .start();
        try {
            await().atMost(PATIENCE).until(() -> Files.exists(childRuns));
            Optional<ProcessHandle> child = pidFile("child").process();
            assertThat(child).isPresent();

            supervisor.destroyForcibly();

            child.get().onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(childRuns).as("removed by an orderly stop").doesNotExist();
            assertThat(pidFile("child").process()).isEmpty();

            try (Supervisor next = supervisor(dir, said::add)) {
                next.awaitLeftovers();
            }
            assertThat(pidFile("child").path()).doesNotExist();
        } finally {
            supervisor.destroyForcibly();
        }
    }

    private PidFile pidFile(String name) {
        return new PidFile(dir.resolve("work/run").resolve(name + ".pid"));
    }
}
