package dev.longtail.aggregator;

import dev.longtail.aggregator.folding.FoldFunction;
import dev.longtail.aggregator.folding.TileReport;
import dev.longtail.aggregator.publishing.GroupFunction;
import dev.longtail.aggregator.publishing.OutputRecord;
import dev.longtail.aggregator.publishing.OutputSinks;
import dev.longtail.aggregator.publishing.TopFunction;
import dev.longtail.aggregator.sequencing.SequencerFunction;
import dev.longtail.aggregator.sequencing.SequencerOperator;
import dev.longtail.aggregator.sequencing.TileMessage;
import dev.longtail.aggregator.source.Metronome;
import dev.longtail.aggregator.source.RawRecord;
import dev.longtail.aggregator.source.TrialSource;
import dev.longtail.aggregator.validation.CheckedRecord;
import dev.longtail.aggregator.validation.ValidationFunction;
import dev.longtail.schemas.Experiment;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * The job that counts one experiment:
 *
 * <pre>
 *   trials → validate → sequence → fold → groups → estimates, history, pairs
 *               |          |         |       └─────→ convergence
 *               |          |         └→ tops ──────→ pairs
 *               |          └────────────────────────→ convergence, job
 *               └───────────────────────────────────→ rejected
 * </pre>
 *
 * Every operator has a fixed name for its state, so that later releases can restore it.
 */
public final class AggregatorJob {

    /** Number of key groups; part of the state, so it never changes. */
    public static final int MAX_PARALLELISM = 128;

    private final JobSettings settings;
    private final JobPlan plan;
    private final ReplayRange range;

    private AggregatorJob(JobSettings settings, JobPlan plan, ReplayRange range) {
        this.settings = settings;
        this.plan = plan;
        this.range = range;
    }

    /**
     * A job.
     *
     * @param experiment the experiment's description
     * @throws IllegalArgumentException when the settings do not fit it
     */
    public static AggregatorJob of(JobSettings settings, Experiment experiment, ReplayRange range) {
        return new AggregatorJob(settings, settings.plan(experiment), range);
    }

    /** What it counts. */
    public JobPlan plan() {
        return plan;
    }

    /** Its settings. */
    public JobSettings settings() {
        return settings;
    }

    /** Its name in Flink. */
    public String name() {
        return plan.output().equals(plan.experiment())
                ? "longtail " + plan.experiment()
                : "longtail " + plan.experiment() + " as " + plan.output();
    }

    /** Whether it continues from a checkpoint or savepoint. */
    public boolean restoresState() {
        return JobConfiguration.restorePath(settings) != null
                || settings.restore().equals(JobSettings.HIGH_AVAILABILITY);
    }

    /** The job as Flink takes it, restore settings included. */
    public StreamGraph graph() {
        return graph(environment());
    }

    /**
     * Hands the job to the cluster whose program this is. Flink takes the state to restore from the
     * environment that executes, not from the graph: so both come from one environment.
     *
     * @throws Exception when the cluster refuses the job
     */
    public Submission execute() throws Exception {
        StreamExecutionEnvironment environment = environment();
        JobClient client = environment.executeAsync(graph(environment));
        return new Submission(client, environment.getConfiguration());
    }

    /**
     * A job that was handed over.
     *
     * @param client to follow it
     * @param cluster configuration of the cluster
     */
    public record Submission(JobClient client, ReadableConfig cluster) {}

    private StreamExecutionEnvironment environment() {
        return StreamExecutionEnvironment.getExecutionEnvironment(
                JobConfiguration.of(settings, plan, range));
    }

    private StreamGraph graph(StreamExecutionEnvironment environment) {
        build(environment);
        StreamGraph graph = environment.getStreamGraph();
        graph.setJobName(name());
        return graph;
    }

    /** Adds the job to an environment that has {@link JobConfiguration}. */
    public void build(StreamExecutionEnvironment environment) {
        OutputSinks sinks = new OutputSinks(settings.kafka().clientProperties());
        SingleOutputStreamOperator<CheckedRecord> checked = checked(environment);
        sinks.send(checked.getSideOutput(ValidationFunction.REJECTED), "rejected");

        SingleOutputStreamOperator<TileMessage> blocks =
                paced(checked)
                        .keyBy(record -> SequencerFunction.KEY, Types.INT)
                        .transform(
                                "sequence trials",
                                TileMessage.TYPE,
                                new SequencerOperator(
                                        new SequencerFunction(
                                                plan, range.recordsPerSecond().isEmpty())))
                        .uid("sequencer")
                        .setParallelism(1);
        sinks.send(blocks.getSideOutput(SequencerFunction.JOB), "job").setParallelism(1);

        SingleOutputStreamOperator<TileReport> tiles =
                blocks.keyBy(TileMessage::tile, Types.INT)
                        .process(new FoldFunction(plan))
                        .returns(TileReport.TYPE)
                        .name("count pairs")
                        .uid("fold");
        sinks.send(
                tiles.getSideOutput(FoldFunction.TOP)
                        .keyBy(top -> top.testGroup(), Types.INT)
                        .process(new TopFunction(plan))
                        .returns(OutputRecord.TYPE)
                        .name("join test groups")
                        .uid("test-groups"),
                "test-pairs");

        SingleOutputStreamOperator<OutputRecord> groups =
                tiles.keyBy(TileReport::trainGroup, Types.INT)
                        .process(new GroupFunction(plan))
                        .returns(OutputRecord.TYPE)
                        .name("join train groups")
                        .uid("train-groups");
        sinks.send(groups, "estimates");
        sinks.send(
                        GroupFunction.convergence(
                                plan, blocks.getSideOutput(SequencerFunction.PROGRESS), groups),
                        "convergence")
                .setParallelism(1);
    }

    private SingleOutputStreamOperator<CheckedRecord> checked(
            StreamExecutionEnvironment environment) {
        SingleOutputStreamOperator<RawRecord> records =
                environment
                        .fromSource(
                                TrialSource.of(
                                        plan.topics().trialsTopic(),
                                        settings.kafka().clientProperties(),
                                        "longtail." + plan.output(),
                                        range.start(),
                                        range.bounded()),
                                WatermarkStrategy.noWatermarks(),
                                "trials",
                                RawRecord.TYPE)
                        .uid("trials");
        return records.process(new ValidationFunction(plan))
                .returns(CheckedRecord.TYPE)
                .name("validate trials")
                .uid("validation");
    }

    private SingleOutputStreamOperator<CheckedRecord> paced(
            SingleOutputStreamOperator<CheckedRecord> checked) {
        if (range.recordsPerSecond().isEmpty()) {
            return checked;
        }
        return checked.map(new Metronome<>(range.recordsPerSecond().getAsDouble()))
                .returns(CheckedRecord.TYPE)
                .name("pace trials")
                .uid("pace")
                .setParallelism(1);
    }
}
