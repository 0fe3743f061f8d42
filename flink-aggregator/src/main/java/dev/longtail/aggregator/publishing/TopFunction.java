package dev.longtail.aggregator.publishing;

import dev.longtail.aggregator.JobPlan;
import dev.longtail.aggregator.folding.FoldFunction;
import dev.longtail.aggregator.folding.TopReport;
import dev.longtail.aggregator.sequencing.BlockStamp;
import dev.longtail.estimators.InOutCounts;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.InfluencePair;
import dev.longtail.schemas.PairBlock;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.Split;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Joins what all tasks found for a group of test examples, keyed by group, and publishes the most
 * helpful and the most harmful training examples of each.
 */
public final class TopFunction extends KeyedProcessFunction<Integer, TopReport, OutputRecord> {

    private final JobPlan plan;
    private transient Map<Integer, PublicationJoin<TopReport>> joins;
    private transient RecordCodec<PairBlock> codec;

    /** The test groups of a plan. */
    public TopFunction(JobPlan plan) {
        this.plan = plan;
    }

    @Override
    public void open(OpenContext context) {
        joins = new HashMap<>();
        codec = RecordCodec.of(PairBlock.class);
    }

    @Override
    public void processElement(TopReport report, Context context, Collector<OutputRecord> out) {
        int group = report.testGroup();
        int whole = plan.tiling().tilesOfTestGroup(group).size();
        Instant now = Instant.ofEpochMilli(context.timerService().currentProcessingTime());
        joins.computeIfAbsent(group, key -> new PublicationJoin<>())
                .add(report.stamp(), report, report.tiles(), whole)
                .ifPresent(
                        parts ->
                                out.collect(
                                        OutputRecord.of(
                                                plan.topics().pairsTopic(),
                                                ExperimentTopics.groupKey(Split.TEST, group),
                                                codec.encode(block(parts, now)))));
    }

    private PairBlock block(List<TopReport> parts, Instant now) {
        BlockStamp stamp = parts.get(0).stamp();
        int group = parts.get(0).testGroup();
        return PairBlock.newBuilder()
                .setExperiment(plan.experiment())
                .setSide(Split.TEST)
                .setGroup(group)
                .setGroups(plan.tiling().testGroupCount())
                .setBlock(stamp.block())
                .setAttempt(stamp.attempt())
                .setEmittedAt(now)
                .setConvergedOnly(plan.convergedOnly())
                .setTrials(stamp.trials())
                .setExamples(Lists.of(plan.tiling().testGroup(group)))
                .setTop(FoldFunction.MOST_PER_TEST)
                .setPairs(strongest(parts))
                .build();
    }

    /** Test example by test example, the strongest first. */
    private List<InfluencePair> strongest(List<TopReport> parts) {
        List<List<InfluencePair>> byPlace = new ArrayList<>();
        int tests = plan.tiling().testGroup(parts.get(0).testGroup()).length;
        for (int place = 0; place < tests; place++) {
            byPlace.add(new ArrayList<>());
        }
        for (TopReport part : parts) {
            for (int k = 0; k < part.trains().length; k++) {
                byPlace.get(part.places()[k]).add(pair(part, k));
            }
        }
        List<InfluencePair> kept = new ArrayList<>();
        for (List<InfluencePair> pairs : byPlace) {
            pairs.sort(Pairs.STRONGEST_FIRST);
            pairs.stream()
                    .filter(pair -> pair.getInfluence() > 0)
                    .limit(FoldFunction.MOST_PER_TEST)
                    .forEach(kept::add);
            int harmful = (int) pairs.stream().filter(pair -> pair.getInfluence() < 0).count();
            pairs.stream()
                    .skip(pairs.size() - (long) Math.min(harmful, FoldFunction.MOST_PER_TEST))
                    .forEach(kept::add);
        }
        return kept;
    }

    private InfluencePair pair(TopReport part, int k) {
        int at = k * TopReport.COUNTERS;
        int[] counters = part.counters();
        long trials = part.stamp().trials();
        int in = counters[at];
        InOutCounts memorization =
                new InOutCounts(in, counters[at + 1], trials - in, counters[at + 2]);
        InOutCounts influence = InOutCounts.ofPair(trials, in, counters[at + 3], counters[at + 4]);
        int test = plan.tiling().testGroup(part.testGroup())[part.places()[k]];
        return Pairs.pair(part.trains()[k], test, memorization, influence, null);
    }
}
