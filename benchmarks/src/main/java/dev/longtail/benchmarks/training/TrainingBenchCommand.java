package dev.longtail.benchmarks.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longtail.benchmarks.TemporaryDirectory;
import dev.longtail.benchmarks.counting.BenchBroker;
import dev.longtail.benchmarks.counting.BenchProcess;
import dev.longtail.trials.data.Datasets;
import dev.longtail.trials.training.AbandonedException;
import dev.longtail.trials.training.Body;
import dev.longtail.trials.training.ModelSpec;
import dev.longtail.trials.training.Optimizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code longtail bench train}. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures training on this machine: every model in a process of its own, which trains trials and publishes them to a Kafka of its own, as 'longtail train' does.",
            "Says trials per hour and core, where a trial's time goes, and whether memory grows: for that give many --trials.",
            "A model's figures are shown (and with --json written) as soon as it is done, how far it is every ten seconds on the standard error output.",
            "Publishes nothing in a running system. All models together take some minutes."
        })
public final class TrainingBenchCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MEBI = 1 << 20;
    private static final int BODY_EPOCHS = 10;
    private static final Duration PROGRESS = Duration.ofSeconds(10);

    @Spec private CommandSpec spec;

    @Option(
            names = "--models",
            paramLabel = "NAME[,NAME...]",
            split = ",",
            converter = WorkloadConverter.class,
            description =
                    "Which: softmax, mlp (the demo's), reference (512-256-10), resnet, transfer-1, transfer-2, transfer-3 (last layers of the resnet). All by default.")
    private List<Workload> models = List.of(Workload.values());

    @Option(
            names = "--trials",
            paramLabel = "COUNT",
            description = "Trials of each model; by default as many as take some seconds.")
    private Integer trials;

    @Option(
            names = "--epochs",
            paramLabel = "COUNT",
            description = "Passes over the included examples; by default what the model needs.")
    private Integer epochs;

    @Option(
            names = "--threads",
            paramLabel = "COUNT",
            defaultValue = "1",
            description = "Trials, or groups of them, at once.")
    private int threads;

    @Option(
            names = "--data",
            paramLabel = "DIR|FILE.npz",
            description = "Data set, as for 'longtail train'; the generated digits without it.")
    private Path data;

    @Option(
            names = "--heap",
            paramLabel = "MIB",
            defaultValue = "256",
            description =
                    "Java heap of the measured processes, taken as a whole at their start, so that growth of memory is not Java's.")
    private int heap;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Writes the figures for programs, too.")
    private Path json;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description =
                    "Where Kafka's data go, below it; by default the directory for temporary files.")
    private Path directory;

    @Override
    public Integer call() throws IOException, InterruptedException {
        requirePositive("--trials", trials);
        requirePositive("--epochs", epochs);
        requirePositive("--threads", threads);
        requirePositive("--heap", heap);
        Map<Workload, TrainingResult> results = new LinkedHashMap<>();
        try (TemporaryDirectory temporary = TemporaryDirectory.create(directory);
                BenchBroker broker = BenchBroker.start(temporary.path())) {
            Path body = temporary.path().resolve("body");
            if (models.stream().anyMatch(Workload::needsBody)) {
                say("Training a body of %d epochs", BODY_EPOCHS);
                trainBody(body);
            }
            say("%s", TrainingTable.header());
            for (Workload workload : models) {
                TrainingResult result = measure(workload, temporary.path(), body, broker.servers());
                results.put(workload, result);
                say("%s", TrainingTable.row(workload, result));
                writeJson(results);
            }
        }
        say("%n%s", TrainingTable.legend());
        results.forEach(
                (workload, result) -> say("%s", TrainingTable.description(workload, result)));
        return 0;
    }

    /** After each model, so that a run that is stopped leaves what it has measured. */
    private void writeJson(Map<Workload, TrainingResult> results) throws IOException {
        if (json != null) {
            Map<String, TrainingResult> byName = new LinkedHashMap<>();
            results.forEach((workload, result) -> byName.put(workload.label(), result));
            JSON.writerWithDefaultPrettyPrinter().writeValue(json.toFile(), byName);
        }
    }

    private void requirePositive(String option, Integer value) {
        if (value != null && value < 1) {
            throw new ParameterException(
                    spec.commandLine(), option + ": expected at least 1, found " + value);
        }
    }

    private void say(String message, Object... values) {
        spec.commandLine().getOut().println(message.formatted(values));
        spec.commandLine().getOut().flush();
    }

    private void trainBody(Path body) {
        try {
            Body.train(
                    new ModelSpec.ResNet(16, 1, 0, false),
                    Datasets.open(data),
                    new Optimizer(
                            epochs == null ? BODY_EPOCHS : epochs,
                            32,
                            0.05,
                            0.9,
                            0,
                            Optimizer.Schedule.COSINE),
                    1,
                    heap * MEBI,
                    body,
                    loss -> {},
                    () -> false);
        } catch (AbandonedException e) {
            throw new IllegalStateException("nobody asks for that", e);
        }
    }

    private TrainingResult measure(Workload workload, Path temporary, Path body, String servers)
            throws IOException, InterruptedException {
        Path result = temporary.resolve(workload.label() + ".json");
        Path progress = temporary.resolve(workload.label() + ".progress");
        List<String> arguments = new ArrayList<>();
        arguments.add(result.toString());
        arguments.add(progress.toString());
        arguments.add(String.valueOf(trials == null ? workload.trials() : trials));
        arguments.add(servers);
        arguments.add("--experiment=bench-" + workload.label());
        arguments.add("--threads=" + threads);
        arguments.add("--epochs=" + (epochs == null ? workload.epochs() : epochs));
        arguments.add("--batch-size=" + workload.batchSize());
        arguments.addAll(workload.arguments());
        if (workload.needsBody()) {
            arguments.add("--transfer=" + body);
        }
        if (data != null) {
            arguments.add("--data=" + data.toAbsolutePath());
        }
        try (BenchProcess process =
                BenchProcess.start(
                        TrainingProcess.class,
                        List.of("-Xms" + heap + "m", "-Xmx" + heap + "m", "-XX:+AlwaysPreTouch"),
                        arguments,
                        temporary.resolve(workload.label() + ".log"))) {
            process.awaitSuccess(PROGRESS, () -> showProgress(workload, progress));
        }
        return JSON.readValue(result.toFile(), TrainingResult.class);
    }

    private void showProgress(Workload workload, Path file) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        err.println(
                workload.label()
                        + ": "
                        + TrialsDone.read(file).map(TrialsDone::sentence).orElse("preparing"));
        err.flush();
    }

    private static final class WorkloadConverter implements ITypeConverter<Workload> {
        @Override
        public Workload convert(String value) {
            return Stream.of(Workload.values())
                    .filter(workload -> workload.label().equals(value))
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    new TypeConversionException(
                                            "expected some of %s, found '%s'"
                                                    .formatted(
                                                            Stream.of(Workload.values())
                                                                    .map(Workload::label)
                                                                    .toList(),
                                                            value)));
        }
    }
}
