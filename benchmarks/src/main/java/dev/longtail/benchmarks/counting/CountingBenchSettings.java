package dev.longtail.benchmarks.counting;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longtail.benchmarks.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the counting benchmark runs. */
public final class CountingBenchSettings {

    @Option(
            names = "--train",
            paramLabel = "EXAMPLES",
            defaultValue = "10000",
            description = "Training examples. CIFAR-100 has 50000.")
    private int train;

    @Option(
            names = "--test",
            paramLabel = "EXAMPLES",
            defaultValue = "2000",
            description = "Test examples. CIFAR-100 has 10000.")
    private int test;

    @Option(
            names = "--trials",
            paramLabel = "TRIALS",
            defaultValue = "2000",
            description = "Trials. Published estimates for CIFAR-100 are from 4000.")
    private int trials;

    @Option(
            names = "--pairs",
            paramLabel = "all|same-class|none",
            defaultValue = "all",
            description = "Train/test pairs that are counted.")
    private String pairs;

    @Option(
            names = "--classes",
            paramLabel = "COUNT",
            defaultValue = "100",
            description = "Classes of equal size.")
    private int classes;

    @Option(
            names = "--parallelism",
            paramLabel = "TASKS",
            split = ",",
            defaultValue = "1,2",
            description = "Tasks of the job; more than one number measures each.")
    private List<Integer> parallelism;

    @Option(
            names = "--growth",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "Also measures a fifth of the training examples, of the test examples and of the trials, so that the growth can be read off.")
    private boolean growth;

    @Option(
            names = "--baseline",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Runs the published formula in NumPy beside it.")
    private boolean baseline;

    @Option(
            names = "--heap",
            paramLabel = "MIB",
            defaultValue = "2048",
            description = "Java heap of the counting process.")
    private int heap;

    @Option(
            names = "--jvm-option",
            paramLabel = "OPTION",
            description =
                    "A further option of the counting process's JVM, for example -XX:+UseParallelGC; may be given several times.")
    private List<String> jvmOptions = List.of();

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description =
                    "Where Kafka, state and checkpoints of the benchmark go, below it; by default the directory for temporary files.")
    private Path directory;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description =
                    "Writes the figures to this file, too: those of the full size with the most tasks, and all runs.")
    private Path json;

    @Parameters(
            paramLabel = "JOB OPTION",
            arity = "0..*",
            description = "Further options of the job, after '--'; see 'longtail job --help'.")
    private List<String> jobOptions = List.of();

    /** Runs it all and prints the table. */
    public void run() throws IOException, InterruptedException {
        try (TemporaryDirectory temporary = TemporaryDirectory.create(directory)) {
            CountingBench bench =
                    new CountingBench(
                            temporary.path(),
                            jobOptions,
                            BenchProcess.counting(heap, temporary.path(), jvmOptions),
                            baseline,
                            System.out::println);
            List<CountingRun> runs = bench.run(scenarios());
            System.out.print(CountingTable.of(runs));
            write(runs);
        }
    }

    /** Sizes from small to full, each with every parallelism. */
    List<Scenario> scenarios() {
        List<Scenario> scenarios = new ArrayList<>();
        if (growth) {
            add(scenarios, fifth(train), fifth(test), fifth(trials));
            add(scenarios, fifth(train), fifth(test), trials);
            add(scenarios, fifth(train), test, trials);
        }
        add(scenarios, train, test, trials);
        return scenarios;
    }

    private static int fifth(int size) {
        return Math.max(1, size / 5);
    }

    private void add(List<Scenario> scenarios, int n, int nTest, int t) {
        for (int tasks : parallelism) {
            scenarios.add(new Scenario(n, nTest, t, pairs, classes, tasks));
        }
    }

    private void write(List<CountingRun> runs) throws IOException {
        if (json == null) {
            return;
        }
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode figures = mapper.valueToTree(runs.get(runs.size() - 1));
        figures.put("java", Runtime.version().toString());
        figures.put("processors", Runtime.getRuntime().availableProcessors());
        figures.set("runs", mapper.valueToTree(runs));
        mapper.writerWithDefaultPrettyPrinter().writeValue(json.toFile(), figures);
    }
}
