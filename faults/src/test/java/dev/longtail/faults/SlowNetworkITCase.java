package dev.longtail.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole system in a network namespace whose only interface is slow. Latency takes the kernel's
 * {@code netem}; where the kernel has none, a token bucket limits the bandwidth alone, whose queue
 * delays what does not fit.
 */
class SlowNetworkITCase {

    private static final Logger LOG = LoggerFactory.getLogger(SlowNetworkITCase.class);
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final List<String> DISCIPLINES =
            List.of(
                    "netem delay 25ms 5ms rate 20mbit limit 100000",
                    "tbf rate 20mbit burst 64kb latency 400ms");

    @Test
    void everyTrialCountsOnceOverASlowNetwork() throws Exception {
        String discipline =
                DISCIPLINES.stream().filter(SlowNetworkITCase::isPossible).findFirst().orElse("");
        Assumptions.assumeFalse(
                discipline.isEmpty(),
                "SKIPPED: a slow network takes root, util-linux's unshare and iproute2's ip and tc");
        LOG.info("network: {}", discipline);
        Path log = Files.createDirectories(Path.of("target", "faults")).resolve("slow-network.log");
        Files.deleteIfExists(log);
        try (OsProcess scenario =
                OsProcess.start(
                        List.of("unshare", "--net", "sh", "-c", setUp(discipline), "sh"),
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

    private static String setUp(String discipline) {
        // Packets as on a real link: those of 64 KB that the loopback interface would take do not
        // fit through a token bucket.
        return "ip link set lo mtu 1500 up && tc qdisc add dev lo root %s && exec \"$@\""
                .formatted(discipline);
    }

    private static boolean isPossible(String discipline) {
        try {
            Process trial =
                    new ProcessBuilder(
                                    "unshare", "--net", "sh", "-c", setUp(discipline), "sh", "true")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return trial.waitFor(1, TimeUnit.MINUTES) && trial.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
