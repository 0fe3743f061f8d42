package dev.longtail.benchmarks.counting;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longtail.benchmarks.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longtail bench latency}. */
@Command(
        name = "latency",
        mixinStandardHelpOptions = true,
        description = {
            "Measures how long it takes from a trial's publication to estimates that include it, and how",
            "fast the running job answers questions, while trials come one by one. For answers while",
            "counting never pauses, add '-- --counting-share=1'."
        })
public final class LatencyBenchCommand implements Callable<Integer> {

    @Option(
            names = "--train",
            paramLabel = "EXAMPLES",
            defaultValue = "1000",
            description = "Training examples. CIFAR-100 has 50000.")
    private int train;

    @Option(
            names = "--test",
            paramLabel = "EXAMPLES",
            defaultValue = "500",
            description = "Test examples. CIFAR-100 has 10000.")
    private int test;

    @Option(
            names = "--pairs",
            paramLabel = "all|same-class|none",
            defaultValue = "all",
            description = "Train/test pairs that are counted.")
    private String pairs;

    @Option(
            names = "--classes",
            paramLabel = "COUNT",
            defaultValue = "10",
            description = "Classes of equal size.")
    private int classes;

    @Option(
            names = "--parallelism",
            paramLabel = "TASKS",
            defaultValue = "2",
            description = "Tasks of the job.")
    private int parallelism;

    @Option(
            names = "--before",
            paramLabel = "TRIALS",
            defaultValue = "200",
            description = "Trials that are counted before the measurement begins.")
    private int before;

    @Option(
            names = "--trials",
            paramLabel = "TRIALS",
            defaultValue = "200",
            description = "Trials that are published one by one.")
    private int trials;

    @Option(
            names = "--interval",
            paramLabel = "MILLISECONDS",
            defaultValue = "200",
            description = "Time from one of them to the next.")
    private long interval;

    @Option(
            names = "--query-pause",
            paramLabel = "MILLISECONDS",
            defaultValue = "50",
            description = "Time from an answer to the next question, of a pair and of an example.")
    private long queryPause;

    @Option(
            names = "--heap",
            paramLabel = "MIB",
            defaultValue = "2048",
            description = "Java heap of the counting process.")
    private int heap;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description =
                    "Where Kafka, state and checkpoints of the benchmark go, below it; by default the directory for temporary files.")
    private Path directory;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Writes the figures to this file, too.")
    private Path json;

    @Parameters(
            paramLabel = "JOB OPTION",
            arity = "0..*",
            description = "Further options of the job, after '--'; see 'longtail job --help'.")
    private List<String> jobOptions = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Scenario scenario =
                new Scenario(
                        train,
                        test,
                        positive("--before", before) + positive("--trials", trials),
                        pairs,
                        classes,
                        parallelism);
        try (TemporaryDirectory temporary = TemporaryDirectory.create(directory)) {
            LatencyRun run =
                    new LatencyBench(
                                    temporary.path(),
                                    scenario,
                                    before,
                                    interval,
                                    queryPause,
                                    System.out::println)
                            .run(jobOptions, heap);
            System.out.print(LatencyTable.of(run));
            if (json != null) {
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), run);
            }
        }
        return 0;
    }

    private static int positive(String option, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "expected %s of at least 1, found %d".formatted(option, value));
        }
        return value;
    }
}
