package dev.longtail.benchmarks.planted;

import dev.longtail.aggregator.client.CompactedTopic;
import dev.longtail.benchmarks.TemporaryDirectory;
import dev.longtail.benchmarks.counting.BenchBroker;
import dev.longtail.benchmarks.counting.BenchProcess;
import dev.longtail.benchmarks.counting.CountingProcess;
import dev.longtail.schemas.Convergence;
import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.InfluencePair;
import dev.longtail.schemas.PairBlock;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.Split;
import dev.longtail.schemas.UndecodableRecordException;
import dev.longtail.trials.publishing.ExperimentPublisher;
import dev.longtail.trials.publishing.InputTopics;
import dev.longtail.trials.publishing.TopicSettings;
import dev.longtail.trials.publishing.TrialPublisher;
import dev.longtail.trials.sampling.SubsetSampler;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.avro.specific.SpecificRecordBase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code longtail bench planted}. */
@Command(
        name = "planted",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Takes published high-influence pairs as the truth, simulates trials of models that have exactly these influences, sends them through a Kafka of its own and the job, and holds what comes out against the truth.",
            "At the size of CIFAR-100 this needs about 3 GB of memory, 4 GB of disk and a few minutes."
        })
public final class PlantedBenchCommand implements Callable<Integer> {

    private static final String EXPERIMENT = "planted";

    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE.npz",
            description = "Published pairs: tr_idx, tt_idx, infl, mem.")
    private Path file;

    @Option(
            names = "--train",
            paramLabel = "EXAMPLES",
            defaultValue = "50000",
            description = "Training examples.")
    private int train;

    @Option(
            names = "--test",
            paramLabel = "EXAMPLES",
            defaultValue = "10000",
            description = "Test examples.")
    private int test;

    @Option(
            names = "--trials",
            paramLabel = "TRIALS",
            defaultValue = "4000",
            description = "Simulated trials.")
    private int trials;

    @Option(
            names = "--subset-ratio",
            paramLabel = "RATIO",
            defaultValue = "0.7",
            description = "Share of the training examples in each trial.")
    private double subsetRatio;

    @Option(names = "--seed", paramLabel = "SEED", defaultValue = "1", description = "Seed.")
    private long seed;

    @Option(
            names = "--parallelism",
            paramLabel = "TASKS",
            defaultValue = "2",
            description = "Tasks of the job.")
    private int parallelism;

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
                    "Where Kafka, state and checkpoints go, below it; by default the directory for temporary files.")
    private Path directory;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        SubsetSampler sampler =
                new SubsetSampler.FixedSize(train, (int) Math.round(subsetRatio * train));
        PlantedWorld world =
                new PlantedWorld(
                        EXPERIMENT,
                        PlantedPairs.read(file, train, test),
                        sampler,
                        train,
                        test,
                        seed);
        try (TemporaryDirectory temporary = TemporaryDirectory.create(directory);
                BenchBroker broker = BenchBroker.start(temporary.path())) {
            say(out, "Publishing %d simulated trials".formatted(trials));
            publish(world, sampler, broker.client());
            say(out, "Counting %d x %d pairs".formatted(train, test));
            count(temporary.path(), broker);
            out.print(
                    PlantedFindings.of(
                            world, test, pairs(broker.client()), convergence(broker.client())));
            out.flush();
        }
        return 0;
    }

    private static void say(PrintWriter out, String message) {
        out.println(message);
        out.flush();
    }

    private void publish(PlantedWorld world, SubsetSampler sampler, Properties client) {
        ExperimentTopics topics = ExperimentTopics.of(EXPERIMENT);
        InputTopics.create(client, topics, TopicSettings.of(2, 1), train, test);
        new ExperimentPublisher(client, topics)
                .publish(
                        Experiment.newBuilder()
                                .setName(EXPERIMENT)
                                .setCreatedAt(Instant.now())
                                .setTrainSize(train)
                                .setTestSize(test)
                                .setSampler(sampler.describe())
                                .setDataFingerprint("")
                                .setModel("none: simulated from " + file.getFileName())
                                .build());
        try (TrialPublisher publisher = new TrialPublisher(client, topics, train, test)) {
            for (int number = 0; number < trials; number++) {
                publisher.publish(world.trial(number));
            }
            publisher.flush();
        }
    }

    private void count(Path temporary, BenchBroker broker)
            throws IOException, InterruptedException {
        Path own = Files.createDirectory(temporary.resolve("run"));
        List<String> arguments =
                List.of(
                        temporary.resolve("result.json").toString(),
                        own.toString(),
                        "--bootstrap-servers=" + broker.servers(),
                        "--experiment=" + EXPERIMENT,
                        "--output=" + EXPERIMENT,
                        "--pairs=all",
                        "--parallelism=" + parallelism,
                        "--checkpoint-dir=" + own.resolve("checkpoints"));
        try (BenchProcess process =
                BenchProcess.start(
                        CountingProcess.class,
                        List.of("-Xmx" + heap + "m"),
                        arguments,
                        temporary.resolve("counting.log"))) {
            process.awaitSuccess();
        }
    }

    private static List<InfluencePair> pairs(Properties client) {
        List<InfluencePair> pairs = new ArrayList<>();
        RecordCodec<PairBlock> codec = RecordCodec.of(PairBlock.class);
        CompactedTopic.newestByKey(client, ExperimentTopics.of(EXPERIMENT).pairsTopic())
                .values()
                .forEach(
                        value -> {
                            PairBlock block = decode(codec, value);
                            if (block.getSide() == Split.TRAIN) {
                                pairs.addAll(block.getPairs());
                            }
                        });
        return pairs;
    }

    private static Convergence convergence(Properties client) throws IOException {
        RecordCodec<Convergence> codec = RecordCodec.of(Convergence.class);
        return CompactedTopic.newestByKey(
                        client, ExperimentTopics.of(EXPERIMENT).convergenceTopic())
                .values()
                .stream()
                .map(value -> decode(codec, value))
                .findFirst()
                .orElseThrow(() -> new IOException("the job published no convergence"));
    }

    private static <T extends SpecificRecordBase> T decode(RecordCodec<T> codec, byte[] value) {
        try {
            return codec.decode(value);
        } catch (UndecodableRecordException e) {
            throw new IllegalStateException("the job published a value that cannot be read", e);
        }
    }
}
