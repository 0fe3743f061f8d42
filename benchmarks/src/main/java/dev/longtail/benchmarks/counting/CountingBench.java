package dev.longtail.benchmarks.counting;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longtail.benchmarks.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Runs scenarios one after the other: trials into Kafka, a fresh process that counts them, NumPy.
 */
public final class CountingBench {

    private static final int PARTITIONS = 2;
    private static final double MEMORY_SHARE = 0.7;

    private final Path directory;
    private final List<String> jobOptions;
    private final List<String> jvmOptions;
    private final boolean withBaseline;
    private final Consumer<String> say;

    /**
     * A bench.
     *
     * @param directory for everything it writes
     * @param jobOptions further options of the job
     * @param jvmOptions of the counting process
     * @param withBaseline whether NumPy runs, too
     * @param say takes messages for people
     */
    public CountingBench(
            Path directory,
            List<String> jobOptions,
            List<String> jvmOptions,
            boolean withBaseline,
            Consumer<String> say) {
        this.directory = directory;
        this.jobOptions = List.copyOf(jobOptions);
        this.jvmOptions = List.copyOf(jvmOptions);
        this.withBaseline = withBaseline;
        this.say = say;
    }

    List<CountingRun> run(List<Scenario> scenarios) throws IOException, InterruptedException {
        Optional<NumpyBaseline> numpy =
                withBaseline ? NumpyBaseline.in(directory) : Optional.empty();
        if (withBaseline && numpy.isEmpty()) {
            say.accept("There is no python3 with NumPy on the PATH: times without the comparison.");
        }
        List<CountingRun> runs = new ArrayList<>();
        Set<String> published = new HashSet<>();
        try (BenchBroker broker = BenchBroker.start(directory)) {
            for (Scenario scenario : scenarios) {
                say.accept(
                        "Run %d of %d: %s".formatted(runs.size() + 1, scenarios.size(), scenario));
                if (published.add(scenario.experiment())) {
                    GeneratedTrials trials = new GeneratedTrials(scenario, broker.client());
                    trials.describe(PARTITIONS);
                    trials.publishAll();
                }
                CountingResult result = count(scenario, broker);
                runs.add(withBaseline(scenario, result, numpy));
            }
        }
        return runs;
    }

    private CountingResult count(Scenario scenario, BenchBroker broker)
            throws IOException, InterruptedException {
        Path own = Files.createDirectory(directory.resolve("run"));
        try {
            Path resultFile = directory.resolve("result.json");
            List<String> arguments = new ArrayList<>();
            arguments.add(resultFile.toString());
            arguments.add(own.toString());
            arguments.add(String.valueOf(scenario.trials()));
            arguments.add("--bootstrap-servers=" + broker.servers());
            arguments.add("--experiment=" + scenario.experiment());
            arguments.add("--output=" + scenario.output());
            arguments.add("--pairs=" + scenario.pairs());
            arguments.add("--parallelism=" + scenario.parallelism());
            arguments.add("--checkpoint-dir=" + own.resolve("checkpoints"));
            arguments.addAll(jobOptions);
            try (BenchProcess process =
                    BenchProcess.start(
                            CountingProcess.class,
                            jvmOptions,
                            arguments,
                            directory.resolve("counting.log"))) {
                process.awaitSuccess();
            }
            return new ObjectMapper().readValue(resultFile.toFile(), CountingResult.class);
        } finally {
            TemporaryDirectory.delete(own);
        }
    }

    private CountingRun withBaseline(
            Scenario scenario, CountingResult result, Optional<NumpyBaseline> numpy)
            throws IOException, InterruptedException {
        if (numpy.isEmpty()) {
            return new CountingRun(scenario, result, null, null);
        }
        if (NumpyBaseline.expectedBytes(scenario) > MEMORY_SHARE * ProcessUsage.ofMachine()) {
            say.accept("NumPy would need more memory than there is: skipped.");
            return new CountingRun(scenario, result, null, null);
        }
        say.accept("  replayed in %.1f s; now NumPy".formatted(result.seconds()));
        NumpyBaseline.Result baseline = numpy.get().run(scenario);
        return new CountingRun(scenario, result, baseline.seconds(), baseline.peakMemoryBytes());
    }
}
