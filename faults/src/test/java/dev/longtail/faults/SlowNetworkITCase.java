package dev.longtail.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * A whole system in a network namespace whose loopback addresses are only reached over a slow link.
 */
class SlowNetworkITCase {

    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Path SCRIPT =
            Path.of("src", "test", "network", "slow_network.sh").toAbsolutePath();

    /** What executes a command behind the link: latency, jitter, loss, bandwidth. */
    private static final List<String> PREFIX =
            List.of(
                    "unshare",
                    "--net",
                    "--pid",
                    "--fork",
                    "--kill-child",
                    "--mount-proc",
                    "sh",
                    SCRIPT.toString(),
                    String.valueOf(SlowNetworkScenario.DELAY_MILLIS),
                    String.valueOf(SlowNetworkScenario.JITTER_MILLIS),
                    "0.005",
                    "20mbit");

    @Test
    void everyTrialCountsOnceOverASlowNetwork() throws Exception {
        String obstacle = obstacle();
        Assumptions.assumeTrue(
                obstacle.isEmpty(),
                () ->
                        "SKIPPED: a slow network takes root, unshare, iproute2, python3 and /dev/net/tun: "
                                + obstacle);
        Path log = Files.createDirectories(Path.of("target", "faults")).resolve("slow-network.log");
        Files.deleteIfExists(log);
        try (OsProcess scenario =
                OsProcess.start(
                        PREFIX,
                        log,
                        System.getProperty("java.class.path"),
                        List.of(
                                "-Xmx512m",
                                "-Dfaults.jvmOptions=" + System.getProperty("faults.jvmOptions"),
                                "-Dfaults.length=" + System.getProperty("faults.length")),
                        SlowNetworkScenario.class.getName(),
                        List.of())) {
            assertThat(scenario.awaitExit(PATIENCE)).as(() -> "see " + log).isZero();
        }
    }

    /** Why there can be no slow network here; empty where there can be one. */
    private static String obstacle() throws InterruptedException {
        try {
            Process attempt =
                    new ProcessBuilder(Stream.concat(PREFIX.stream(), Stream.of("true")).toList())
                            .redirectErrorStream(true)
                            .start();
            String said =
                    new String(attempt.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exitCode = attempt.waitFor();
            return exitCode == 0 ? "" : "exit code %d, %s".formatted(exitCode, said);
        } catch (IOException e) {
            return e.getMessage();
        }
    }
}
