package dev.longtail.aggregator.sequencing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.aggregator.AggregatorJob;
import dev.longtail.estimators.counting.PairScope;
import dev.longtail.estimators.counting.TileLimits;
import dev.longtail.estimators.counting.Tiling;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendingOrderTest {

    private static final int WINDOW = SendingOrder.WINDOW;

    @Property(tries = 100)
    void everyTileOnceAndNearItsNumberUntilTheLastGroups(
            @ForAll @IntRange(min = 1, max = 200) int trainGroups,
            @ForAll @IntRange(min = 0, max = 40) int testGroups) {
        Tiling tiling = tiling(trainGroups, testGroups);
        SendingOrder order = newest(tiling);
        int[] tiles = IntStream.range(0, tiling.tileCount()).map(order::tile).toArray();
        int last = Math.min(SendingOrder.MOST_LAST_GROUPS, trainGroups / SendingOrder.LAST_SHARE);
        int begin = tiles.length - Math.min(tiles.length, last * Math.max(1, testGroups));
        for (int place = 0; place < begin - WINDOW; place++) {
            assertThat(tiles[place] / WINDOW).isEqualTo(place / WINDOW);
        }
        Arrays.sort(tiles);
        assertThat(tiles).isEqualTo(IntStream.range(0, tiles.length).toArray());
    }

    /**
     * The last tile of a test group comes after that of the group before it, or windows mix them.
     */
    @Property(tries = 100)
    void testGroupsEndOneAfterTheOther(
            @ForAll @IntRange(min = 8, max = 200) int trainGroups,
            @ForAll @IntRange(min = 1, max = 40) int testGroups) {
        Tiling tiling = tiling(trainGroups, testGroups);
        SendingOrder order = newest(tiling);
        int[] ends = new int[testGroups];
        for (int place = 0; place < tiling.tileCount(); place++) {
            ends[tiling.tile(order.tile(place)).testGroup()] = place;
        }
        int groups =
                IntStream.of(
                                SendingOrder.MOST_LAST_GROUPS,
                                trainGroups / SendingOrder.LAST_SHARE,
                                SendingOrder.MOST_LAST_TILES / testGroups)
                        .min()
                        .orElseThrow();
        for (int group = 0; group < testGroups; group++) {
            int end = tiling.tileCount() - groups * (testGroups - 1 - group);
            assertThat(ends[group]).isBetween(end - 1 - WINDOW, end - 1 + WINDOW);
        }
    }

    /** Classes of one to four train and test groups, some without test examples. */
    @Property(tries = 60)
    void ofClassesEveryTileOnceAndNearItsNumber(@ForAll long seed) {
        Random random = new Random(seed);
        int[] train = labels(random, 60, 1, 20);
        int[] test = labels(random, 60, 0, 28);
        Tiling tiling =
                Tiling.of(
                        new PairScope.SameClass(),
                        train.length,
                        test.length,
                        train,
                        test,
                        new TileLimits(5, 7));
        SendingOrder order = newest(tiling);
        int[] tiles = IntStream.range(0, tiling.tileCount()).map(order::tile).toArray();
        for (int place = 0; place < tiles.length; place++) {
            assertThat(tiles[place]).isBetween(place - 2 * WINDOW, place + 2 * WINDOW);
        }
        Arrays.sort(tiles);
        assertThat(tiles).isEqualTo(IntStream.range(0, tiles.length).toArray());
    }

    private static int[] labels(Random random, int classes, int least, int most) {
        return IntStream.range(0, classes)
                .flatMap(
                        label ->
                                IntStream.generate(() -> label)
                                        .limit(random.nextInt(least, most + 1)))
                .toArray();
    }

    @Test
    void theSenderKeepsTheRowsOfAllLastGroups() {
        assertThat(BlockSender.MOST_ROWS).isGreaterThanOrEqualTo(SendingOrder.MOST_LAST_GROUPS);
    }

    private static SendingOrder newest(Tiling tiling) {
        return SendingOrder.of(SendingOrder.Kind.LAST_BY_TEST_GROUP, tiling);
    }

    private static Tiling tiling(int trainGroups, int testGroups) {
        return Tiling.of(
                testGroups == 0 ? new PairScope.None() : new PairScope.All(),
                3 * trainGroups,
                2 * testGroups,
                null,
                null,
                new TileLimits(3, 2));
    }

    /** Checkpoints hold places of these orders: a changed one is a kind of its own. */
    @ParameterizedTest
    @CsvSource({
        "LAST_BY_TEST_GROUP, 125, 8, 1809637065",
        "LAST_BY_TEST_GROUP, 400, 8, 2021093047",
        "LAST_BY_TEST_GROUP, 200, 100, -809197405",
        "SPREAD, 125, 8, -673844095",
        "BY_NUMBER, 125, 8, 133786869",
    })
    void isTheOrderOfTheStateThatIsOutThere(
            SendingOrder.Kind kind, int trainGroups, int testGroups, int hash) {
        Tiling tiling = tiling(trainGroups, testGroups);
        SendingOrder order = SendingOrder.of(kind, tiling);
        assertThat(
                        Arrays.hashCode(
                                IntStream.range(0, tiling.tileCount()).map(order::tile).toArray()))
                .isEqualTo(hash);
    }

    /** At no time has a task much more than its share of a window's tiles so far. */
    @Property(tries = 60)
    void tasksTakeTurns(
            @ForAll @IntRange(min = 2, max = 16) int parallelism,
            @ForAll @IntRange(min = 0, max = 30) int window) {
        SendingOrder order = newest(tiling(32 * WINDOW, 1));
        int[] tasks =
                IntStream.range(window * WINDOW, (window + 1) * WINDOW)
                        .map(place -> task(order.tile(place), parallelism))
                        .toArray();
        for (int task = 0; task < parallelism; task++) {
            int share = count(tasks, WINDOW, task);
            for (int sent = 1; sent <= WINDOW; sent++) {
                assertThat((double) count(tasks, sent, task))
                        .isBetween(
                                (double) share * sent / WINDOW - 3,
                                (double) share * sent / WINDOW + 3);
            }
        }
    }

    private static int task(int tile, int parallelism) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(
                tile, AggregatorJob.MAX_PARALLELISM, parallelism);
    }

    private static int count(int[] tasks, int sent, int task) {
        return (int) IntStream.range(0, sent).filter(k -> tasks[k] == task).count();
    }
}
