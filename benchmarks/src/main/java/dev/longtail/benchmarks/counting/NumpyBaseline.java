package dev.longtail.benchmarks.counting;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The published formula in NumPy, run in a process of its own. */
final class NumpyBaseline {

    private static final String SOURCE = "baseline.py";

    private final Path script;

    private NumpyBaseline(Path script) {
        this.script = script;
    }

    /**
     * What it took.
     *
     * @param seconds time of the formula, its inputs standing ready
     * @param peakMemoryBytes largest resident memory of the process
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Result(double seconds, long peakMemoryBytes) {}

    /** The baseline; empty where there is no python3 with NumPy. */
    static Optional<NumpyBaseline> in(Path directory) throws IOException, InterruptedException {
        try {
            Process probe =
                    new ProcessBuilder("python3", "-c", "import numpy")
                            .redirectErrorStream(true)
                            .start();
            probe.getInputStream().readAllBytes();
            if (probe.waitFor() != 0) {
                return Optional.empty();
            }
        } catch (IOException noPython) {
            return Optional.empty();
        }
        Path script = directory.resolve(SOURCE);
        try (InputStream in = NumpyBaseline.class.getResourceAsStream(SOURCE)) {
            Files.copy(in, script);
        }
        return Optional.of(new NumpyBaseline(script));
    }

    /** Bytes that the formula takes at its peak, roughly: inputs, both means and the result. */
    static long expectedBytes(Scenario scenario) {
        long inputs = 4L * scenario.trials() * (4L * scenario.train() + scenario.test());
        return inputs + 12L * scenario.pairsInScope();
    }

    /** Runs the formula with as many threads as the job has tasks. */
    Result run(Scenario scenario) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        List.of(
                                "python3",
                                script.toString(),
                                String.valueOf(scenario.train()),
                                String.valueOf(scenario.test()),
                                String.valueOf(scenario.trials()),
                                scenario.pairs(),
                                String.valueOf(scenario.classes())));
        String threads = String.valueOf(scenario.parallelism());
        builder.environment().put("OPENBLAS_NUM_THREADS", threads);
        builder.environment().put("MKL_NUM_THREADS", threads);
        builder.environment().put("OMP_NUM_THREADS", threads);
        Process python = builder.redirectErrorStream(true).start();
        String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (python.waitFor() != 0) {
            throw new IOException("the NumPy baseline failed: " + said);
        }
        return new ObjectMapper().readValue(said, Result.class);
    }
}
