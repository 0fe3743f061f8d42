package dev.longtail.aggregator.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.aggregator.JobPlan;
import dev.longtail.aggregator.Pacing;
import dev.longtail.aggregator.RandomTrials;
import dev.longtail.aggregator.Thresholds;
import dev.longtail.aggregator.folding.HighPairs;
import dev.longtail.aggregator.folding.Questions;
import dev.longtail.aggregator.folding.RowCounters;
import dev.longtail.aggregator.folding.TileReport;
import dev.longtail.aggregator.folding.Turns;
import dev.longtail.aggregator.sequencing.BlockStamp;
import dev.longtail.estimators.InOutCounts;
import dev.longtail.estimators.MemorizationCounts;
import dev.longtail.estimators.PairEValue;
import dev.longtail.estimators.counting.PairScope;
import dev.longtail.estimators.counting.TileLimits;
import dev.longtail.estimators.counting.Tiling;
import dev.longtail.schemas.InfluencePair;
import dev.longtail.schemas.PairBlock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pairs of a group against sorting all candidates. */
class GroupPublicationTest {

    private static final int TRAIN = 50;
    private static final int TEST = 400;
    private static final int TRIALS = 10;
    private static final int INCLUDED = 7;

    private final JobPlan plan =
            new JobPlan(
                    new RandomTrials("groups", TRAIN, TEST, 1, 1).experiment(),
                    "groups",
                    new PairScope.All(),
                    new TileLimits(TRAIN, 150),
                    false,
                    Thresholds.DEFAULT,
                    Pacing.DEFAULT);
    private final List<InfluencePair> candidates = new ArrayList<>();

    /** Turns of which each has been long when it is asked whether it may end. */
    private static Turns whileQuestionsAreAsked(AtomicInteger given) {
        Questions questions = new Questions(0);
        questions.asked(0);
        AtomicLong clock = new AtomicLong();
        return new Turns(
                questions,
                () -> clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(1)),
                given::incrementAndGet);
    }

    /**
     * With few trials influences take few values, so that the last ones kept are equally strong.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.41, 0.6, 1})
    void keepsTheStrongest(double share) {
        Random random = new Random(3);
        List<TileReport> reports = new ArrayList<>();
        for (Tiling.Tile tile : plan.tiling().tiles()) {
            reports.add(report(tile, share, random));
        }
        List<InfluencePair> expected =
                candidates.stream()
                        .sorted(Pairs.STRONGEST_FIRST)
                        .limit(GroupPublication.MOST_PAIRS)
                        .sorted(Pairs.BY_TRAIN)
                        .toList();

        AtomicInteger given = new AtomicInteger();
        PairBlock block =
                new GroupPublication(plan, reports, whileQuestionsAreAsked(given))
                        .pairBlock(Instant.EPOCH);

        assertThat(block.getPairs()).isEqualTo(expected);
        assertThat(block.getTruncated()).isEqualTo(candidates.size() - expected.size());
        assertThat(given).as("before every tile and row").hasValue(reports.size() + TRAIN);
    }

    private TileReport report(Tiling.Tile tile, double share, Random random) {
        PairEValue eValue = PairEValue.against(plan.thresholds().confirmation());
        InOutCounts memorization = new InOutCounts(INCLUDED, INCLUDED, TRIALS - INCLUDED, 0);
        List<int[]> pairs = new ArrayList<>();
        int[] perRow = new int[TRAIN];
        for (int row = 0; row < TRAIN; row++) {
            for (int test : tile.test()) {
                if (random.nextDouble() < share) {
                    int inCorrect = 4 + random.nextInt(4);
                    InOutCounts counts = InOutCounts.ofPair(TRIALS, INCLUDED, inCorrect, inCorrect);
                    pairs.add(new int[] {row, test, inCorrect, inCorrect});
                    perRow[row]++;
                    candidates.add(
                            Pairs.pair(
                                    tile.train()[row],
                                    test,
                                    memorization,
                                    counts,
                                    eValue.log(counts)));
                }
            }
        }
        return new TileReport(
                tile.trainGroup(),
                tile.id(),
                new BlockStamp(1, 1, TRIALS, true, false),
                new RowCounters(counts(TRIALS, INCLUDED), counts(0, 0)),
                tile.test().length,
                0,
                new long[TRAIN],
                new float[TRAIN],
                new int[TRAIN],
                new HighPairs(field(pairs, 0), field(pairs, 1), field(pairs, 2), field(pairs, 3)),
                perRow,
                new byte[tile.test().length],
                0,
                0,
                0);
    }

    private static int[] field(List<int[]> pairs, int field) {
        return pairs.stream().mapToInt(pair -> pair[field]).toArray();
    }

    private static MemorizationCounts counts(long trials, int included) {
        int[] in = new int[TRAIN];
        Arrays.fill(in, included);
        return new MemorizationCounts(trials, in, in.clone(), new int[TRAIN]);
    }
}
