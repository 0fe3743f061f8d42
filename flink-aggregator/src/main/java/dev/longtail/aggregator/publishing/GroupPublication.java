package dev.longtail.aggregator.publishing;

import dev.longtail.aggregator.JobPlan;
import dev.longtail.aggregator.folding.HighPairs;
import dev.longtail.aggregator.folding.RowCounters;
import dev.longtail.aggregator.folding.TileReport;
import dev.longtail.aggregator.folding.Turns;
import dev.longtail.aggregator.sequencing.BlockStamp;
import dev.longtail.estimators.AggregateValue;
import dev.longtail.estimators.AnytimeBand;
import dev.longtail.estimators.Estimate;
import dev.longtail.estimators.InOutCounts;
import dev.longtail.estimators.PairEValue;
import dev.longtail.schemas.InfluencePair;
import dev.longtail.schemas.MemorizationBlock;
import dev.longtail.schemas.PairBlock;
import dev.longtail.schemas.Split;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A train group's values from the reports of all its tiles of one publication. */
final class GroupPublication {

    /** Pairs in a record at most, so that it stays below a megabyte. */
    static final int MOST_PAIRS = 8192;

    private final JobPlan plan;
    private final int group;
    private final int[] examples;
    private final BlockStamp stamp;
    private final List<TileReport> tiles;
    private final RowCounters own;
    private final List<InfluencePair> pairs;
    private final long pairCount;

    GroupPublication(JobPlan plan, List<TileReport> reports, Turns turns) {
        this.plan = plan;
        this.tiles = reports.stream().sorted(Comparator.comparingInt(TileReport::tile)).toList();
        this.group = tiles.get(0).trainGroup();
        this.examples = plan.tiling().trainGroup(group);
        this.stamp = tiles.get(0).stamp();
        this.own = tiles.get(0).own();
        this.pairCount =
                tiles.stream().flatMapToInt(tile -> Arrays.stream(tile.pairsPerRow())).sum();
        this.pairs = pairs(turns);
    }

    /**
     * The strongest pairs; of equally strong ones those that come first by training, then by test
     * example. Few trials bring millions of candidates by chance: only what is kept gets its
     * e-value, which costs a thousand times an estimate.
     */
    private List<InfluencePair> pairs(Turns turns) {
        double[][] influences =
                tiles.stream().map(tile -> influences(tile, turns)).toArray(double[][]::new);
        double weakest = weakestKept(influences);
        long stronger =
                Arrays.stream(influences)
                        .flatMapToDouble(Arrays::stream)
                        .filter(influence -> influence > weakest)
                        .count();
        long room = MOST_PAIRS - stronger;
        PairEValue eValue = PairEValue.against(plan.thresholds().confirmation());
        List<InfluencePair> kept = new ArrayList<>();
        int[] next = new int[tiles.size()];
        for (int row = 0; row < examples.length; row++) {
            turns.mayEnd();
            for (int at = 0; at < next.length; at++) {
                HighPairs high = tiles.get(at).pairs();
                for (; next[at] < high.size() && high.rows()[next[at]] == row; next[at]++) {
                    double influence = influences[at][next[at]];
                    if (influence > weakest || influence == weakest && room-- > 0) {
                        kept.add(pair(high, next[at], eValue));
                    }
                }
            }
        }
        kept.sort(Pairs.BY_TRAIN);
        return kept;
    }

    private double[] influences(TileReport tile, Turns turns) {
        turns.mayEnd();
        double[] influences = new double[tile.pairs().size()];
        for (int k = 0; k < influences.length; k++) {
            influences[k] = Estimate.of(counts(tile.pairs(), k)).value();
        }
        return influences;
    }

    /** The smallest influence that is kept, if not all of its like. */
    private static double weakestKept(double[][] influences) {
        double[] sorted =
                Arrays.stream(influences).flatMapToDouble(Arrays::stream).sorted().toArray();
        return sorted.length <= MOST_PAIRS
                ? Double.NEGATIVE_INFINITY
                : sorted[sorted.length - MOST_PAIRS];
    }

    private InOutCounts counts(HighPairs high, int k) {
        return InOutCounts.ofPair(
                stamp.trials(),
                own.all().at(high.rows()[k]).in(),
                high.includedCorrect()[k],
                high.correct()[k]);
    }

    private InfluencePair pair(HighPairs high, int k, PairEValue eValue) {
        InOutCounts counts = counts(high, k);
        return Pairs.pair(
                examples[high.rows()[k]],
                high.tests()[k],
                own.all().at(high.rows()[k]),
                counts,
                eValue.log(counts));
    }

    BlockStamp stamp() {
        return stamp;
    }

    int group() {
        return group;
    }

    PairBlock pairBlock(Instant now) {
        return PairBlock.newBuilder()
                .setExperiment(plan.experiment())
                .setSide(Split.TRAIN)
                .setGroup(group)
                .setGroups(plan.tiling().trainGroupCount())
                .setBlock(stamp.block())
                .setAttempt(stamp.attempt())
                .setEmittedAt(now)
                .setConvergedOnly(plan.convergedOnly())
                .setTrials(stamp.trials())
                .setExamples(Lists.of(examples))
                .setMemorizationThreshold(plan.thresholds().memorization())
                .setInfluenceThreshold(plan.thresholds().influence())
                .setTruncated(pairCount - pairs.size())
                .setPairs(pairs)
                .build();
    }

    MemorizationBlock memorizationBlock(Instant now) {
        MemorizationBlock.Builder block =
                MemorizationBlock.newBuilder()
                        .setExperiment(plan.experiment())
                        .setGroup(group)
                        .setGroups(plan.tiling().trainGroupCount())
                        .setBlock(stamp.block())
                        .setAttempt(stamp.attempt())
                        .setEmittedAt(now)
                        .setConvergedOnly(plan.convergedOnly())
                        .setTrials(stamp.trials())
                        .setEvenTrials(own.even().trials())
                        .setExamples(Lists.of(examples))
                        .setIncluded(Lists.of(own.all().included()))
                        .setIncludedCorrect(Lists.of(own.all().includedCorrect()))
                        .setExcludedCorrect(Lists.of(own.all().excludedCorrect()))
                        .setEvenIncluded(Lists.of(own.even().included()))
                        .setEvenIncludedCorrect(Lists.of(own.even().includedCorrect()))
                        .setEvenExcludedCorrect(Lists.of(own.even().excludedCorrect()))
                        .setMemorization(Lists.of(own.all().memorization()))
                        .setStandardError(Lists.of(own.all().standardErrors()));
        if (hasPairs()) {
            int[] best = bestTiles();
            block.setLargestInfluence(Lists.of(largest(best)))
                    .setLargestInfluenceTest(
                            IntStream.range(0, best.length)
                                    .mapToObj(row -> tiles.get(best[row]).largestTest()[row])
                                    .toList())
                    .setMeanInfluence(Lists.of(meanInfluence()));
        }
        return block.build();
    }

    GroupReport report() {
        ByteArrayOutputStream pairsPerTest = new ByteArrayOutputStream();
        tiles.forEach(tile -> pairsPerTest.writeBytes(tile.pairsPerTest()));
        int[] testGroups =
                tiles.stream()
                        .mapToInt(tile -> plan.tiling().tile(tile.tile()).testGroup())
                        .toArray();
        return new GroupReport(
                group,
                stamp,
                own,
                largest(bestTiles()),
                AnytimeBand.atLevel(plan.thresholds().alpha())
                        .countDecided(own.all(), plan.thresholds().memorization()),
                pairCount,
                IntStream.range(0, examples.length)
                        .filter(row -> tiles.stream().anyMatch(tile -> tile.pairsPerRow()[row] > 0))
                        .count(),
                testGroups,
                pairsPerTest.toByteArray(),
                tiles.stream().mapToDouble(TileReport::expectedFalsePairs).sum(),
                tiles.stream().mapToLong(TileReport::lookedAt).sum(),
                tiles.stream().mapToLong(TileReport::decided).sum(),
                pairs.stream().mapToDouble(InfluencePair::getLogEValue).toArray());
    }

    private boolean hasPairs() {
        return plan.tiling().pairsInScope() > 0;
    }

    /** Per row: place of the tile with its largest influence, the first of equals. */
    private int[] bestTiles() {
        int[] best = new int[examples.length];
        for (int row = 0; row < best.length; row++) {
            for (int at = 1; at < tiles.size(); at++) {
                if (tiles.get(at).largest()[row] > tiles.get(best[row]).largest()[row]) {
                    best[row] = at;
                }
            }
        }
        return best;
    }

    private float[] largest(int[] best) {
        float[] largest = new float[examples.length];
        for (int row = 0; row < largest.length; row++) {
            largest[row] = tiles.get(best[row]).largest()[row];
        }
        return largest;
    }

    /** From sums of integers, so that it does not depend on how the pairs are tiled. */
    private float[] meanInfluence() {
        int tests = tiles.stream().mapToInt(TileReport::testCount).sum();
        long correct = tiles.stream().mapToLong(TileReport::correctSum).sum();
        float[] means = new float[examples.length];
        for (int row = 0; row < means.length; row++) {
            int at = row;
            long inCorrect = tiles.stream().mapToLong(tile -> tile.includedCorrectSums()[at]).sum();
            means[row] =
                    (float)
                            AggregateValue.of(
                                    stamp.trials(), own.all().in(row), inCorrect, correct, tests);
        }
        return means;
    }
}
