package dev.longtail.aggregator.publishing;

import dev.longtail.aggregator.JobPlan;
import dev.longtail.aggregator.folding.TileReport;
import dev.longtail.aggregator.folding.Turns;
import dev.longtail.aggregator.sequencing.Progress;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.MemorizationBlock;
import dev.longtail.schemas.PairBlock;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.Split;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Joins the tiles of a train group, keyed by group, and publishes memorization and high-influence
 * pairs of its examples, all from the same trials.
 */
public final class GroupFunction extends KeyedProcessFunction<Integer, TileReport, OutputRecord> {

    static final OutputTag<GroupReport> REPORT = new OutputTag<>("group", GroupReport.TYPE);

    private final JobPlan plan;
    private transient Map<Integer, PublicationJoin<TileReport>> joins;
    private transient RecordCodec<MemorizationBlock> memorizationCodec;
    private transient RecordCodec<PairBlock> pairCodec;
    private transient Turns turns;

    /** The groups of a plan. */
    public GroupFunction(JobPlan plan) {
        this.plan = plan;
    }

    /** The convergence records that follow from the groups and from what the sequencer knows. */
    public static DataStream<OutputRecord> convergence(
            JobPlan plan,
            DataStream<Progress> progress,
            SingleOutputStreamOperator<OutputRecord> groups) {
        // Between single tasks Flink would take an edge on which barriers do not overtake records.
        return progress.rebalance()
                .connect(groups.getSideOutput(REPORT).rebalance())
                .transform(
                        "join all groups", OutputRecord.TYPE, new ConvergenceOperator.Factory(plan))
                .uid("convergence")
                .setParallelism(1);
    }

    @Override
    public void open(OpenContext context) {
        joins = new HashMap<>();
        memorizationCodec = RecordCodec.of(MemorizationBlock.class);
        pairCodec = RecordCodec.of(PairBlock.class);
        turns = new Turns();
    }

    @Override
    public void processElement(TileReport tile, Context context, Collector<OutputRecord> out) {
        int group = tile.trainGroup();
        int whole = plan.tiling().tilesOfTrainGroup(group).size();
        joins.computeIfAbsent(group, key -> new PublicationJoin<>())
                .add(tile.stamp(), tile, 1, whole)
                .ifPresent(tiles -> publish(tiles, context, out));
    }

    private void publish(List<TileReport> tiles, Context context, Collector<OutputRecord> out) {
        GroupPublication publication = new GroupPublication(plan, tiles, turns);
        ExperimentTopics topics = plan.topics();
        Instant now = Instant.ofEpochMilli(context.timerService().currentProcessingTime());
        int group = publication.group();
        String key = ExperimentTopics.groupKey(Split.TRAIN, group);
        byte[] memorization = memorizationCodec.encode(publication.memorizationBlock(now));
        out.collect(OutputRecord.of(topics.estimatesTopic(), key, memorization));
        if (publication.stamp().history()) {
            String historyKey = ExperimentTopics.historyKey(group, publication.stamp().trials());
            out.collect(OutputRecord.of(topics.historyTopic(), historyKey, memorization));
        }
        out.collect(
                OutputRecord.of(
                        topics.pairsTopic(), key, pairCodec.encode(publication.pairBlock(now))));
        context.output(REPORT, publication.report());
    }
}
