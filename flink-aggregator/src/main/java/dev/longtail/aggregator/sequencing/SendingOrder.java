package dev.longtail.aggregator.sequencing;

import dev.longtail.aggregator.AggregatorJob;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * The order in which the tiles of a block are sent.
 *
 * <p>A few records fit between the sequencer and a task. Of tiles in the order of their numbers
 * several in a row belong to one task, and while they wait for it the others stand idle. So within
 * a window of tiles neighbours are taken from distant key groups, and with them from different
 * tasks, whatever the parallelism: a restored job of another parallelism goes on at the cursor of
 * the former one, and therefore must send in the same order.
 */
final class SendingOrder {

    /** Tiles that change places with each other; neighbours by number share their rows. */
    static final int WINDOW = 64;

    private final int[] tiles;

    private SendingOrder(int[] tiles) {
        this.tiles = tiles;
    }

    /** By number, as blocks were sent that a release before this order had begun. */
    static SendingOrder byNumber(int tileCount) {
        return new SendingOrder(IntStream.range(0, tileCount).toArray());
    }

    /** Spread over the tasks. */
    static SendingOrder spread(int tileCount) {
        int[] tiles = new int[tileCount];
        for (int from = 0; from < tileCount; from += WINDOW) {
            int[] window = byKeyGroup(from, Math.min(from + WINDOW, tileCount));
            int sent = from;
            for (int k = 0; k < WINDOW; k++) {
                int place = Integer.reverse(k) >>> Integer.numberOfLeadingZeros(WINDOW) + 1;
                if (place < window.length) {
                    tiles[sent++] = window[place];
                }
            }
        }
        return new SendingOrder(tiles);
    }

    private static int[] byKeyGroup(int from, int to) {
        return IntStream.range(from, to)
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
