package dev.longtail.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole commands at a tiny size: everything runs, ends, and leaves figures and no files. */
class BenchITCase {

    @TempDir private Path directory;

    @Test
    void countsGeneratedTrialsAndSaysWhatItTook() throws IOException {
        Path pauses = directory.resolve("gc.log");
        JsonNode json =
                run(
                        "--train=300",
                        "--test=70",
                        "--trials=90",
                        "--classes=7",
                        "--parallelism=1,2",
                        "--jvm-option=-Xlog:gc:file=" + pauses,
                        "--no-growth");

        assertThat(json.path("trials").asInt()).isEqualTo(90);
        assertThat(json.path("parallelism").asInt()).isEqualTo(2);
        assertThat(json.path("seconds").asDouble()).isPositive();
        assertThat(json.path("firstSeconds").asDouble()).isPositive();
        assertThat(json.path("warmSeconds").asDouble()).isPositive();
        assertThat(json.path("trialsPerSecond").asDouble()).isPositive();
        assertThat(json.path("pairUpdatesPerSecond").asDouble()).isPositive();
        assertThat(json.path("peakMemoryBytes").asLong()).isGreaterThan(10_000_000);
        assertThat(json.path("stateBytes").asLong()).isGreaterThan(2 * 300 * 70);
        assertThat(json.path("checkpointBytes").asLong()).isGreaterThan(2 * 300 * 70);
        assertThat(json.path("checkpoints").asInt()).isPositive();
        assertThat(json.has("barrierMillis")).isTrue();
        assertThat(json.path("runs")).hasSize(2);
        assertThat(pauses).content().contains("Using ");
        // Without NumPy on this machine there is no baseline, but the fields are there.
        assertThat(json.has("baselineSeconds")).isTrue();
        assertThat(json.path("ratio").isNull()).isEqualTo(json.path("baselineSeconds").isNull());
    }

    @Test
    void measuresHowOldEstimatesAre() throws IOException {
        JsonNode json =
                run(
                        "latency",
                        "--train=300",
                        "--test=70",
                        "--before=20",
                        "--trials=15",
                        "--interval=20",
                        "--query-pause=5",
                        "--",
                        "--refresh=200");

        assertThat(json.at("/trialToEstimate/count").asInt()).isEqualTo(15);
        assertThat(json.at("/trialToEstimate/p50").asDouble()).isPositive();
        assertThat(json.at("/pairQuery/count").asInt()).isPositive();
        assertThat(json.at("/exampleQuery/p99").asDouble()).isPositive();
        assertThat(json.path("countingShare").asDouble()).isBetween(0.0, 1.0);
        assertThat(json.path("publications").asInt()).isBetween(1, 15);
    }

    private JsonNode run(String... arguments) throws IOException {
        Path json = directory.resolve("figures.json");
        Path files = directory.resolve("files");
        List<String> all = new ArrayList<>(List.of(arguments));
        // Options of the job come after a '--': ours go before it.
        int end = all.contains("--") ? all.indexOf("--") : all.size();
        all.addAll(end, List.of("--json=" + json, "--directory=" + files));

        int code = new CommandLine(new BenchCommand()).execute(all.toArray(String[]::new));

        assertThat(code).isZero();
        try (Stream<Path> left = Files.list(files)) {
            assertThat(left).isEmpty();
        }
        return new ObjectMapper().readTree(json.toFile());
    }
}
