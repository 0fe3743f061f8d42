package dev.longtail.aggregator.sequencing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.aggregator.AggregatorJob;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.api.Test;

class SendingOrderTest {

    private static final int WINDOW = SendingOrder.WINDOW;

    @Property(tries = 100)
    void everyTileOnceAndNearItsNumber(@ForAll @IntRange(min = 1, max = 1000) int tileCount) {
        SendingOrder order = SendingOrder.spread(tileCount);
        int[] tiles = IntStream.range(0, tileCount).map(order::tile).toArray();
        for (int place = 0; place < tileCount; place++) {
            assertThat(tiles[place] / WINDOW).isEqualTo(place / WINDOW);
        }
        Arrays.sort(tiles);
        assertThat(tiles).isEqualTo(IntStream.range(0, tileCount).toArray());
    }

    /** Checkpoints hold places of this order, so it must never change. */
    @Test
    void isTheOrderOfTheStateThatIsOutThere() {
        SendingOrder order = SendingOrder.spread(1000);
        assertThat(IntStream.range(0, 8).map(order::tile).toArray())
                .containsExactly(13, 10, 36, 0, 28, 17, 25, 16);
        assertThat(Arrays.hashCode(IntStream.range(0, 1000).map(order::tile).toArray()))
                .isEqualTo(-673844095);
    }

    /** At no time has a task much more than its share of a window's tiles so far. */
    @Property(tries = 60)
    void tasksTakeTurns(
            @ForAll @IntRange(min = 2, max = 16) int parallelism,
            @ForAll @IntRange(min = 0, max = 30) int window) {
        SendingOrder order = SendingOrder.spread(31 * WINDOW);
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
