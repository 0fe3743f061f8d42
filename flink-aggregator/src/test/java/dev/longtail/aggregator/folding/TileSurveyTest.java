package dev.longtail.aggregator.folding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.aggregator.JobPlan;
import dev.longtail.aggregator.Pacing;
import dev.longtail.aggregator.RandomTrials;
import dev.longtail.aggregator.Thresholds;
import dev.longtail.aggregator.sequencing.BlockStamp;
import dev.longtail.estimators.Estimate;
import dev.longtail.estimators.ExpectedFalsePairs;
import dev.longtail.estimators.InOutCounts;
import dev.longtail.estimators.counting.FoldKernel;
import dev.longtail.estimators.counting.PairScope;
import dev.longtail.estimators.counting.TileBlock;
import dev.longtail.estimators.counting.TileCounts;
import dev.longtail.estimators.counting.TileLimits;
import dev.longtail.estimators.counting.Tiling;
import dev.longtail.estimators.counting.TrialBlock;
import dev.longtail.schemas.PackedBits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The survey's shortcuts against going through all pairs one by one. */
class TileSurveyTest {

    private static final int TRAIN = 200;
    private static final int TEST = 150;
    private static final BlockStamp STAMP = new BlockStamp(1, 1, 0, true, false);
    private static final Offset<Double> ROUNDING = Offset.offset(1e-12);

    @ParameterizedTest
    @CsvSource({"1", "2", "40", "333"})
    void agreesWithAllPairs(int trials) {
        RandomTrials reference = new RandomTrials("survey", TRAIN, TEST, trials, trials);
        JobPlan plan = plan(reference);
        TileSurvey survey = new TileSurvey(plan, new Turns());
        Map<Integer, TopInfluences> tops = new HashMap<>();
        for (Tiling.Tile tile : plan.tiling().tiles()) {
            TopInfluences top = tops.computeIfAbsent(tile.testGroup(), group -> top(tile));
            TileReport report = survey.survey(tile, STAMP, count(reference, tile), top);
            assertAgrees(reference, tile, report);
        }
        tops.forEach(
                (group, top) ->
                        assertStrongest(reference, plan.tiling().testGroup(group), top.report()));
    }

    @Test
    void givesWayWhileQuestionsAreAsked() {
        RandomTrials reference = new RandomTrials("survey", TRAIN, TEST, 9, 9);
        JobPlan plan = plan(reference);
        Tiling.Tile tile = plan.tiling().tiles().get(0);
        Questions questions = new Questions(0);
        AtomicLong clock = new AtomicLong();
        AtomicInteger given = new AtomicInteger();
        Turns turns =
                new Turns(
                        questions, () -> clock.addAndGet(Turns.TURN_NANOS), given::incrementAndGet);
        TileSurvey survey = new TileSurvey(plan, turns);
        survey.survey(tile, STAMP, count(reference, tile), top(tile));
        assertThat(given).as("nobody asks").hasValue(0);
        questions.asked(clock.get());
        survey.survey(tile, STAMP, count(reference, tile), top(tile));
        assertThat(given).as("before rows 0, 8, 16 and 24 of 25").hasValue(4);
    }

    private static JobPlan plan(RandomTrials reference) {
        return new JobPlan(
                reference.experiment(),
                "survey",
                new PairScope.All(),
                new TileLimits(25, 70),
                false,
                Thresholds.DEFAULT,
                Pacing.DEFAULT);
    }

    private static TopInfluences top(Tiling.Tile tile) {
        return new TopInfluences(tile.testGroup(), tile.test().length, STAMP, 20);
    }

    private static void assertAgrees(RandomTrials reference, Tiling.Tile tile, TileReport report) {
        double expectedFalse = 0;
        List<int[]> high = new ArrayList<>();
        for (int row = 0; row < tile.train().length; row++) {
            int i = tile.train()[row];
            long in = reference.included(i);
            boolean defined = in > 0 && in < reference.trials();
            double largest = Double.NEGATIVE_INFINITY;
            long sum = 0;
            for (int c = 0; c < tile.test().length; c++) {
                int j = tile.test()[c];
                long inCorrect = reference.influenceCount(i, j, true);
                sum += inCorrect;
                if (!defined) {
                    continue;
                }
                long outCorrect = reference.influenceCount(i, j, false);
                InOutCounts pair =
                        new InOutCounts(in, inCorrect, reference.trials() - in, outCorrect);
                double influence = Estimate.of(pair).value();
                if (influence > largest) {
                    largest = influence;
                    assertThat(report.largest()[row]).isGreaterThanOrEqualTo((float) influence);
                }
                if (reference.memorization(i) >= 0.25) {
                    expectedFalse += falsePairs(pair);
                    if (influence >= 0.15) {
                        high.add(new int[] {row, j});
                    }
                }
            }
            assertThat(report.includedCorrectSums()[row]).isEqualTo(sum);
            if (defined) {
                assertThat(report.largest()[row]).isEqualTo((float) largest);
                double found = reference.influence(i, report.largestTest()[row]);
                assertThat(found).isCloseTo(largest, ROUNDING);
            } else {
                assertThat(report.largest()[row]).isNaN();
                assertThat(report.largestTest()[row]).isEqualTo(-1);
            }
        }
        assertThat(report.expectedFalsePairs())
                .isCloseTo(expectedFalse, Offset.offset(1e-9 * (1 + expectedFalse)));
        assertThat(
                        IntStream.range(0, report.pairs().size())
                                .mapToObj(
                                        k ->
                                                new int[] {
                                                    report.pairs().rows()[k],
                                                    report.pairs().tests()[k]
                                                }))
                .containsExactlyElementsOf(high);
        assertThat(IntStream.of(report.pairsPerRow()).sum()).isEqualTo(high.size());
    }

    private static double falsePairs(InOutCounts pair) {
        ExpectedFalsePairs falsePairs = ExpectedFalsePairs.over(0.15);
        return ExpectedFalsePairs.probability(
                falsePairs.trainFactor(pair.trials(), pair.in()),
                ExpectedFalsePairs.testFactor(pair.trials(), pair.inCorrect() + pair.outCorrect()));
    }

    private static void assertStrongest(RandomTrials reference, int[] tests, TopReport report) {
        Map<Integer, List<Double>> helpful = new TreeMap<>();
        Map<Integer, List<Double>> harmful = new TreeMap<>();
        for (int k = 0; k < report.trains().length; k++) {
            int j = tests[report.places()[k]];
            double influence = reference.influence(report.trains()[k], j);
            (influence > 0 ? helpful : harmful)
                    .computeIfAbsent(j, key -> new ArrayList<>())
                    .add(Math.abs(influence));
        }
        for (int j : tests) {
            assertThat(sorted(helpful.getOrDefault(j, List.of())))
                    .usingComparatorForType(TileSurveyTest::compare, Double.class)
                    .containsExactlyElementsOf(strongest(reference, j, 1));
            assertThat(sorted(harmful.getOrDefault(j, List.of())))
                    .usingComparatorForType(TileSurveyTest::compare, Double.class)
                    .containsExactlyElementsOf(strongest(reference, j, -1));
        }
    }

    private static List<Double> strongest(RandomTrials reference, int j, int sign) {
        return IntStream.range(0, TRAIN)
                .mapToObj(i -> sign * reference.influence(i, j))
                .filter(strength -> strength > 0)
                .sorted(Comparator.reverseOrder())
                .limit(20)
                .toList();
    }

    private static List<Double> sorted(List<Double> strengths) {
        return strengths.stream().sorted(Comparator.reverseOrder()).toList();
    }

    private static int compare(double one, double other) {
        return Math.abs(one - other) < 1e-12 ? 0 : Double.compare(one, other);
    }

    private static TileCounts count(RandomTrials reference, Tiling.Tile tile) {
        TrialBlock block =
                new TrialBlock(
                        1,
                        0,
                        true,
                        reference.masks.stream().map(PackedBits::pack).toList(),
                        reference.trainCorrect.stream().map(PackedBits::pack).toList(),
                        reference.testCorrect.stream().map(PackedBits::pack).toList(),
                        TRAIN,
                        TEST);
        TileCounts counts = new TileCounts(tile.train().length, tile.test().length);
        counts.fold(
                TileBlock.decode(block.tile(block.rows(tile.train()), block.columns(tile.test()))),
                FoldKernel.best());
        return counts;
    }
}
