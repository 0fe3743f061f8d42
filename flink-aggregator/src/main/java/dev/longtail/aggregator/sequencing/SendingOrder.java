package dev.longtail.aggregator.sequencing;

import dev.longtail.aggregator.AggregatorJob;
import dev.longtail.estimators.counting.Tiling;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * The order in which the tiles of a block are sent.
 *
 * <p>By number, so that train groups are complete, and published, one after the other; only the
 * last train groups' tiles by test group, so that not all test groups are complete at once, when
 * nothing is left to be counted beside joining them. What is reported of those train groups waits
 * in memory: they are few.
 *
 * <p>A few records fit between the sequencer and a task. Of tiles in this order several in a row
 * belong to one task, and while they wait for it the others stand idle. So within a window of tiles
 * neighbours are taken from distant key groups, and with them from different tasks, whatever the
 * parallelism: a restored job of another parallelism goes on at the cursor of the former one, and
 * therefore must send in the same order.
 */
final class SendingOrder {

    /** Tiles that change places with each other; neighbours by number share their rows. */
    static final int WINDOW = 64;

    /**
     * Train groups that are sent by test group at most: no more than {@link BlockSender} keeps rows
     * of. Part of the order, which is in checkpoints; how many it keeps is not.
     */
    static final int MOST_LAST_GROUPS = 16;

    /** One of so many train groups is among them at most. */
    static final int LAST_SHARE = 8;

    /** Tiles of theirs at most: a report has up to 131 KB of pairs. */
    static final int MOST_LAST_TILES = 512;

    /** Rows of these tiles at most: a report has some 50 bytes of each. */
    static final int MOST_LAST_ROWS = 1 << 19;

    private final int[] tiles;

    /** The orders that there have been, in the order of their bytes in the {@link Ledger}. */
    enum Kind {
        /** The newest. */
        LAST_BY_TEST_GROUP,
        /** By number, as blocks were sent that the first format of the ledger tells of. */
        BY_NUMBER,
        /** By number within windows: that of the second format. */
        SPREAD
    }

    private SendingOrder(int[] tiles) {
        this.tiles = tiles;
    }

    /** The order of a tiling's tiles. */
    static SendingOrder of(Kind kind, Tiling tiling) {
        int[] order = IntStream.range(0, tiling.tileCount()).toArray();
        if (kind != Kind.BY_NUMBER) {
            int[] last = kind == Kind.SPREAD ? new int[0] : lastTiles(tiling);
            int begin = order.length - last.length;
            System.arraycopy(last, 0, order, begin, last.length);
            spread(order, 0, begin);
            spread(order, begin, order.length);
        }
        return new SendingOrder(order);
    }

    /** The tiles of the last train groups, by test group. */
    private static int[] lastTiles(Tiling tiling) {
        int groups = tiling.trainGroupCount();
        int tests = Math.max(1, tiling.testGroupCount());
        long rows =
                IntStream.range(0, groups)
                        .map(group -> tiling.trainGroup(group).length)
                        .max()
                        .orElse(1);
        int last =
                (int)
                        LongStream.of(
                                        MOST_LAST_GROUPS,
                                        groups / LAST_SHARE,
                                        MOST_LAST_TILES / tests,
                                        MOST_LAST_ROWS / (tests * rows))
                                .min()
                                .orElse(0);
        return tiling.tiles().stream()
                .filter(tile -> tile.trainGroup() >= groups - last)
                .sorted(Comparator.comparingInt(Tiling.Tile::testGroup))
                .mapToInt(Tiling.Tile::id)
                .toArray();
    }

    private static void spread(int[] tiles, int begin, int end) {
        for (int from = begin; from < end; from += WINDOW) {
            int[] window = byKeyGroup(tiles, from, Math.min(from + WINDOW, end));
            int sent = from;
            for (int k = 0; k < WINDOW; k++) {
                int place = Integer.reverse(k) >>> Integer.numberOfLeadingZeros(WINDOW) + 1;
                if (place < window.length) {
                    tiles[sent++] = window[place];
                }
            }
        }
    }

    private static int[] byKeyGroup(int[] tiles, int from, int to) {
        return Arrays.stream(tiles, from, to)
                .boxed()
                .sorted(Comparator.comparingInt(SendingOrder::keyGroup))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static int keyGroup(int tile) {
        return KeyGroupRangeAssignment.assignToKeyGroup(tile, AggregatorJob.MAX_PARALLELISM);
    }

    /** The tile at a place of the order, from 0. */
    int tile(int place) {
        return tiles[place];
    }
}
