package dev.longtail.aggregator;

import dev.longtail.estimators.counting.PairScope;
import dev.longtail.estimators.counting.TileLimits;
import dev.longtail.schemas.Experiment;
import dev.longtail.settings.KafkaSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a job counts, how, and where its state lives: the options of all commands that run one. */
public final class JobSettings {

    /** Of {@link #restore}: Flink's own high availability keeps the pointer to the newest state. */
    public static final String HIGH_AVAILABILITY = "high-availability";

    @Mixin private KafkaSettings kafka = new KafkaSettings();

    @Option(
            names = "--experiment",
            paramLabel = "NAME",
            required = true,
            description = "Experiment whose trials are counted.")
    private String experiment;

    @Option(
            names = "--output",
            paramLabel = "PREFIX",
            description = "Prefix of the output topics; by default the experiment's name.")
    private String output;

    @Option(
            names = "--pairs",
            paramLabel = "all|same-class|none|test-subset",
            defaultValue = "all",
            description =
                    "Train/test pairs whose influence is counted: all, those of one class, none (memorization only), or all with the test examples of --test-subset.")
    private String pairs;

    @Option(
            names = "--test-subset",
            paramLabel = "FILE",
            description =
                    "Indices of test examples, one per line or separated by blanks or commas; for --pairs test-subset.")
    private Path testSubset;

    @Option(
            names = "--tile-train",
            paramLabel = "EXAMPLES",
            defaultValue = "384",
            description =
                    "Training examples per tile of the pair matrix at most. Part of the state: cannot change over a restore.")
    private int tileTrain;

    @Option(
            names = "--tile-test",
            paramLabel = "EXAMPLES",
            defaultValue = "640",
            description = "Test examples per tile at most, 4096 at the largest; likewise.")
    private int tileTest;

    @Option(
            names = "--block-size",
            paramLabel = "TRIALS|auto",
            defaultValue = "auto",
            description =
                    "Pending trials are counted together, at the latest when there are this many. Auto: 4096, fewer where they would take more than 128 MiB.")
    private String blockSize;

    @Option(
            names = "--refresh",
            paramLabel = "MILLISECONDS",
            defaultValue = "2000",
            description =
                    "Shortest time between two publications of estimates; longer where counting would take more than --counting-share of the time.")
    private long refreshMillis;

    @Option(
            names = "--counting-share",
            paramLabel = "(0,1]",
            defaultValue = "0.05",
            description =
                    "Share of the time for counting and publishing while trials are slow. More makes estimates younger; 1 counts whenever there are trials.")
    private double countingShare;

    @Option(
            names = "--memorization-threshold",
            paramLabel = "(-1,1]",
            defaultValue = "0.25",
            description = "High-influence pairs have at least this memorization.")
    private double memorizationThreshold;

    @Option(
            names = "--influence-threshold",
            paramLabel = "(0,1]",
            defaultValue = "0.15",
            description = "High-influence pairs have at least this influence.")
    private double influenceThreshold;

    @Option(
            names = "--confirmation-threshold",
            paramLabel = "[-1,1)",
            defaultValue = "0",
            description = "Confirmed pairs have an influence above this.")
    private double confirmationThreshold;

    @Option(
            names = "--alpha",
            paramLabel = "(0,1)",
            defaultValue = "0.05",
            description = "Error level of the anytime-valid bands and of confirmation.")
    private double alpha;

    @Option(
            names = "--converged-only",
            defaultValue = "false",
            description =
                    "Leave out trials flagged as not converged. Changes what is estimated, voids the anytime guarantees, and is part of the state.")
    private boolean convergedOnly;

    @Option(
            names = "--parallelism",
            paramLabel = "TASKS",
            defaultValue = "2",
            description = "Parallel tasks; may change over a restore.")
    private int parallelism;

    @Option(
            names = "--checkpoint-dir",
            paramLabel = "DIRECTORY OR URI",
            description =
                    "Where checkpoints go; the experiment's outputs get a directory of their own below it. Required unless the cluster's configuration says it.")
    private String checkpointDir;

    @Option(
            names = "--checkpoint-interval",
            paramLabel = "MILLISECONDS",
            defaultValue = "10000",
            description = "Time from one checkpoint to the next.")
    private long checkpointIntervalMillis;

    @Option(
            names = "--alignment-timeout",
            paramLabel = "MILLISECONDS",
            defaultValue = "200",
            description =
                    "How long a checkpoint waits behind records that are on their way between tasks; then it overtakes them, and they are part of it. 0 overtakes at once.")
    private long alignmentTimeoutMillis;

    @Option(
            names = "--savepoint-interval",
            paramLabel = "MINUTES",
            defaultValue = "60",
            description =
                    "Time between full savepoints, the way back when files that checkpoints share are lost; 0 for none. Not for jobs that are submitted to another cluster.")
    private long savepointIntervalMinutes;

    @Option(
            names = "--state-memory",
            paramLabel = "MIB",
            description =
                    "Memory of RocksDB per task slot; by default its share of the cluster's managed memory.")
    private Integer stateMemory;

    @Option(
            names = "--restore",
            paramLabel = "newest|none|anew|high-availability|PATH",
            defaultValue = "newest",
            description =
                    "State to continue from: the newest checkpoint in a local --checkpoint-dir, none (count all trials anew), or a checkpoint or savepoint. In application mode the newest may be anywhere, and anew or a path holds until the job has a checkpoint of its own; high-availability leaves it to Flink's own, as Flink's operator wants it, and goes back to an older state where that cannot be read.")
    private String restore;

    /**
     * Settings from arguments, for programs that start jobs.
     *
     * @throws CommandLine.ParameterException when an argument is wrong
     */
    public static JobSettings parse(String... arguments) {
        return parse(argument -> null, arguments);
    }

    /**
     * The same, with other sources for what no argument sets.
     *
     * @throws CommandLine.ParameterException when an argument or another source's value is wrong
     */
    public static JobSettings parse(
            CommandLine.IDefaultValueProvider sources, String... arguments) {
        JobSettings settings = new JobSettings();
        new CommandLine(new ArgumentsOnly(settings))
                .setDefaultValueProvider(sources)
                .parseArgs(arguments);
        return settings;
    }

    @CommandLine.Command(name = "job")
    private static final class ArgumentsOnly {
        @Mixin private final JobSettings settings;

        ArgumentsOnly(JobSettings settings) {
            this.settings = settings;
        }
    }

    /** How to reach Kafka. */
    public KafkaSettings kafka() {
        return kafka;
    }

    /** Name of the experiment. */
    public String experiment() {
        return experiment;
    }

    /** Prefix of the output topics. */
    public String output() {
        return output == null ? experiment : output;
    }

    /** Sets another prefix of the output topics. */
    public void setOutput(String prefix) {
        output = prefix;
    }

    /** Whether the prefix was given. */
    public boolean hasOutput() {
        return output != null;
    }

    /** Parallel tasks. */
    public int parallelism() {
        return parallelism;
    }

    /** Where checkpoints of this output go; null where the cluster's configuration says it. */
    public String checkpointDir() {
        if (checkpointDir == null) {
            return null;
        }
        String base =
                checkpointDir.contains("://")
                        ? checkpointDir
                        : Path.of(checkpointDir).toAbsolutePath().toUri().toString();
        return base + (base.endsWith("/") ? "" : "/") + output();
    }

    /** Sets where checkpoints go unless it was given. */
    public void setDefaultCheckpointDir(String directory) {
        if (checkpointDir == null) {
            checkpointDir = directory;
        }
    }

    /** Time from one checkpoint to the next, milliseconds. */
    public long checkpointIntervalMillis() {
        return checkpointIntervalMillis;
    }

    /** How long barriers wait behind records before they overtake them, milliseconds. */
    public long alignmentTimeoutMillis() {
        return alignmentTimeoutMillis;
    }

    /** Time between full savepoints; zero for none. */
    public Duration savepointInterval() {
        return Duration.ofMinutes(savepointIntervalMinutes);
    }

    /** Memory of RocksDB per slot, MiB; null for the cluster's managed memory. */
    public Integer stateMemory() {
        return stateMemory;
    }

    /** {@code newest}, {@code none}, {@code anew}, {@code high-availability} or a path. */
    public String restore() {
        return restore;
    }

    /**
     * What the job counts of an experiment.
     *
     * @throws IllegalArgumentException when settings contradict each other or the experiment
     */
    public JobPlan plan(Experiment description) {
        requireAlignmentTimeout();
        return new JobPlan(
                description,
                output(),
                scope(),
                new TileLimits(tileTrain, requireTestLimit(tileTest)),
                convergedOnly,
                new Thresholds(
                        memorizationThreshold, influenceThreshold, confirmationThreshold, alpha),
                new Pacing(blockSize(description), refreshMillis, countingShare));
    }

    private int blockSize(Experiment description) {
        if (blockSize.equals("auto")) {
            return Pacing.automaticBlockSize(description.getTrainSize(), description.getTestSize());
        }
        try {
            return Integer.parseInt(blockSize);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "expected --block-size to be a number of trials or 'auto', found '%s'"
                            .formatted(blockSize),
                    e);
        }
    }

    /** Here, because nothing has been written yet when a job is planned. */
    private void requireAlignmentTimeout() {
        if (alignmentTimeoutMillis < 0) {
            throw new IllegalArgumentException(
                    "expected --alignment-timeout of at least 0 ms, found "
                            + alignmentTimeoutMillis);
        }
    }

    private static int requireTestLimit(int tileTest) {
        // A test group's largest influences are one record: it must stay below the topic's limit.
        if (tileTest > 4096) {
            throw new IllegalArgumentException(
                    "expected --tile-test of at most 4096, found " + tileTest);
        }
        return tileTest;
    }

    private PairScope scope() {
        if (testSubset != null && !pairs.equals("test-subset")) {
            throw new IllegalArgumentException(
                    "--test-subset is for --pairs test-subset, found --pairs " + pairs);
        }
        return switch (pairs) {
            case "all" -> new PairScope.All();
            case "same-class" -> new PairScope.SameClass();
            case "none" -> new PairScope.None();
            case "test-subset" -> new PairScope.TestSubset(readSubset());
            default ->
                    throw new IllegalArgumentException(
                            "expected --pairs all, same-class, none or test-subset, found '%s'"
                                    .formatted(pairs));
        };
    }

    private int[] readSubset() {
        if (testSubset == null) {
            throw new IllegalArgumentException("--pairs test-subset needs --test-subset FILE");
        }
        try {
            String text = Files.readString(testSubset, StandardCharsets.UTF_8);
            return Arrays.stream(text.trim().split("[\\s,]+"))
                    .mapToInt(Integer::parseInt)
                    .sorted()
                    .distinct()
                    .toArray();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read --test-subset " + testSubset, e);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "expected indices of test examples in --test-subset %s: %s"
                            .formatted(testSubset, e.getMessage()),
                    e);
        }
    }
}
