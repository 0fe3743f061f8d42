package dev.longtail.aggregator.publishing;

import dev.longtail.aggregator.JobPlan;
import dev.longtail.aggregator.folding.FoldFunction;
import dev.longtail.aggregator.folding.TopReport;
import dev.longtail.aggregator.folding.Turns;
import dev.longtail.aggregator.sequencing.BlockStamp;
import dev.longtail.estimators.Estimate;
import dev.longtail.estimators.InOutCounts;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.InfluencePair;
import dev.longtail.schemas.PairBlock;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.Split;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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
    private transient Turns turns;

    /** The test groups of a plan. */
    public TopFunction(JobPlan plan) {
        this.plan = plan;
    }

    @Override
    public void open(OpenContext context) {
        joins = new HashMap<>();
        codec = RecordCodec.of(PairBlock.class);
        turns = new Turns();
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
        List<List<Candidate>> byPlace = new ArrayList<>();
        int tests = plan.tiling().testGroup(parts.get(0).testGroup()).length;
        for (int place = 0; place < tests; place++) {
            byPlace.add(new ArrayList<>());
        }
        for (TopReport part : parts) {
            turns.mayEnd();
            for (int k = 0; k < part.trains().length; k++) {
                byPlace.get(part.places()[k]).add(Candidate.of(part, k));
            }
        }
        List<InfluencePair> kept = new ArrayList<>();
        for (List<Candidate> candidates : byPlace) {
            turns.mayEnd();
            candidates.sort(Candidate.STRONGEST_FIRST);
            candidates.stream()
                    .filter(candidate -> candidate.influence > 0)
                    .limit(FoldFunction.MOST_PER_TEST)
                    .forEach(candidate -> kept.add(pair(candidate)));
            long harmful = candidates.stream().filter(each -> each.influence < 0).count();
            candidates.stream()
                    .skip(candidates.size() - Math.min(harmful, FoldFunction.MOST_PER_TEST))
                    .forEach(candidate -> kept.add(pair(candidate)));
        }
        return kept;
    }

    /**
     * A reported pair: of every task's strongest, most of which are not among the strongest of all,
     * only what they are compared by.
     */
    private record Candidate(double influence, int train, TopReport part, int k) {

        /** The order of {@link Pairs#STRONGEST_FIRST} among pairs of one test example. */
        static final Comparator<Candidate> STRONGEST_FIRST =
                Comparator.comparingDouble(Candidate::influence)
                        .reversed()
                        .thenComparingInt(Candidate::train);

        static Candidate of(TopReport part, int k) {
            double influence = Estimate.of(counts(part, k)).value();
            return new Candidate(influence, part.trains()[k], part, k);
        }
    }

    private static InOutCounts counts(TopReport part, int k) {
        int at = k * TopReport.COUNTERS;
        int[] counters = part.counters();
        return InOutCounts.ofPair(
                part.stamp().trials(), counters[at], counters[at + 3], counters[at + 4]);
    }

    private InfluencePair pair(Candidate candidate) {
        TopReport part = candidate.part;
        int at = candidate.k * TopReport.COUNTERS;
        int[] counters = part.counters();
        int in = counters[at];
        InOutCounts memorization =
                new InOutCounts(in, counters[at + 1], part.stamp().trials() - in, counters[at + 2]);
        int test = plan.tiling().testGroup(part.testGroup())[part.places()[candidate.k]];
        return Pairs.pair(candidate.train, test, memorization, counts(part, candidate.k), null);
    }
}
