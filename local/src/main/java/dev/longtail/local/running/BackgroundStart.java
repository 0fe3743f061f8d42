package dev.longtail.local.running;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import dev.longtail.local.RunningSystem;
import dev.longtail.local.WorkDirectory;
import dev.longtail.local.process.JavaProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Starts a supervisor that stays when the command that started it has ended. */
final class BackgroundStart {

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration UP_WITHIN = Duration.ofMinutes(4);

    private BackgroundStart() {}

    /**
     * Starts it and returns when the system serves.
     *
     * @throws IllegalStateException with the supervisor's own words when it does not come up
     */
    static void start(WorkDirectory work, JavaProgram program, List<String> arguments) {
        if (RunningSystem.in(work).isPresent()) {
            throw new IllegalStateException(
                    "a system runs in %s already: see 'longtail status', stop it with 'longtail down', or choose another --work-dir"
                            .formatted(work.root()));
        }
        Path log = work.log("supervisor");
        Process supervisor = launch(program, arguments, log);
        boolean up =
                Failsafe.with(
                                RetryPolicy.<Boolean>builder()
                                        .handleResult(false)
                                        .abortIf(ready -> !supervisor.isAlive())
                                        .withDelay(LOOK)
                                        .withMaxRetries(-1)
                                        .withMaxDuration(UP_WITHIN)
                                        .build())
                        .get(() -> RunningSystem.in(work).isPresent());
        if (!up) {
            supervisor.destroy();
            throw new IllegalStateException(
                    "the system did not come up; %s says:%n%s".formatted(log, read(log)));
        }
    }

    private static Process launch(JavaProgram program, List<String> arguments, Path log) {
        try {
            return program.process(List.of("-Xmx256m", "-XX:+UseSerialGC"), arguments)
                    .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.to(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a background process", e);
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }
}
