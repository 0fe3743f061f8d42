package dev.longtail.benchmarks.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longtail.benchmarks.BenchCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole command, with processes and a broker, on few and short trials. */
class TrainingBenchCommandITCase {

    @TempDir Path dir;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void measuresEveryPartOfATrial() throws IOException {
        Path json = dir.resolve("figures.json");
        int code =
                bench(
                        "--models=mlp,transfer-1",
                        "--trials=130",
                        "--epochs=1",
                        "--threads=2",
                        "--directory=" + dir,
                        "--json=" + json);

        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString()).contains("per core hour", "mlp 256-64-10", "last 1 layers of");
        JsonNode figures = new ObjectMapper().readTree(json.toFile());
        assertThat(figures.fieldNames()).toIterable().containsExactly("mlp", "transfer-1");
        for (JsonNode figure : figures) {
            assertThat(figure.path("trials").asInt()).isEqualTo(130);
            assertThat(figure.path("threads").asInt()).isEqualTo(2);
            for (String part :
                    List.of(
                            "seconds",
                            "cpuSeconds",
                            "dataMillis",
                            "trainMillis",
                            "evaluateMillis",
                            "publishMillis")) {
                assertThat(figure.path(part).asDouble()).as(part).isPositive();
            }
            assertThat(figure.path("includedAccuracy").asDouble()).isBetween(0.1, 1.0);
            assertThat(figure.path("earlyTrials").asInt()).isEqualTo(100);
            long early = figure.path("earlyBytes").asLong();
            assertThat(early).isBetween(256L << 20, 2L << 30);
            assertThat(figure.path("middleBytes").asLong()).isBetween(256L << 20, 2L << 30);
            assertThat(figure.path("peakBytes").asLong())
                    .isGreaterThanOrEqualTo(figure.path("lateBytes").asLong());
        }
        assertThat(figures.path("mlp").path("trialsAtOnce").asInt()).isEqualTo(1);
        assertThat(figures.path("transfer-1").path("trialsAtOnce").asInt()).isEqualTo(64);
    }

    @Test
    void refusesModelsThatItDoesNotKnow() {
        assertThat(bench("--models=mlp,transformer")).isEqualTo(2);
        assertThat(err.toString()).contains("transfer-3", "found 'transformer'");
        assertThat(bench("--trials=0")).isEqualTo(2);
    }

    private int bench(String... arguments) {
        CommandLine command =
                new CommandLine(new BenchCommand())
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        String[] all = new String[arguments.length + 1];
        all[0] = "train";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return command.execute(all);
    }
}
