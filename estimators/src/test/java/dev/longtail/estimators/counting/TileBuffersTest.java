package dev.longtail.estimators.counting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.estimators.counting.TileBuffers.Use;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TileBuffersTest {

    /** One tile after the other, as a task meets them, some of the same size and some not. */
    @Property(tries = 100, seed = "64")
    void tilesThatShareBuffersAreCountedAsOthers(
            @ForAll @IntRange(min = 2, max = 40) int train,
            @ForAll @IntRange(min = 2, max = 90) int test,
            @ForAll @IntRange(min = 1, max = 70) int blockSize,
            @ForAll long seed) {
        BooleanTrials trials = BooleanTrials.random(new Random(seed), 100, train, test);
        int[][] rows = {range(0, train / 2), range(train / 2, train), range(0, train - 1)};
        int[][] columns = {range(0, test / 2), range(test / 2, test), range(1, test)};
        FoldKernel kernel = FoldKernel.best();
        TileBuffers buffers = new TileBuffers();
        byte[][] states = new byte[rows.length * columns.length][];

        long number = 1;
        for (int from = 0; from < trials.trials(); from += blockSize) {
            int to = Math.min(trials.trials(), from + blockSize);
            TrialBlock block = trials.block(number++, from, to);
            for (int tile = 0; tile < states.length; tile++) {
                int[] own = rows[tile / columns.length];
                int[] tests = columns[tile % columns.length];
                TileCounts counts =
                        states[tile] == null
                                ? new TileCounts(own.length, tests.length, buffers)
                                : TileCounts.decode(ByteBuffer.wrap(states[tile]), buffers);
                TileRecord record = block.tile(block.rows(own), block.columns(tests));
                counts.fold(TileBlock.decode(record, buffers), kernel);
                states[tile] = copy(counts.encode(buffers));
            }
        }

        for (int tile = 0; tile < states.length; tile++) {
            assertThat(states[tile])
                    .isEqualTo(
                            TileCountsTest.fold(
                                            trials,
                                            rows[tile / columns.length],
                                            columns[tile % columns.length],
                                            blockSize,
                                            kernel)
                                    .encode());
        }
    }

    /** As tiles of a tiling come: of four sizes at most, in any order. */
    @Test
    void arraysOfTheSizesOfATilingAreUsedAgain() {
        TileBuffers buffers = new TileBuffers();
        List<Integer> lengths = List.of(381 * 312, 382 * 312, 381 * 313, 382 * 313);
        List<int[]> first =
                lengths.stream().map(length -> buffers.ints(Use.PAIRS, length)).toList();
        Random random = new Random(65);
        for (int tile = 0; tile < 100; tile++) {
            int size = random.nextInt(lengths.size());
            assertThat(buffers.ints(Use.PAIRS, lengths.get(size))).isSameAs(first.get(size));
        }
        assertThat(buffers.ints(Use.CODED, lengths.get(0))).isNotSameAs(first.get(0));
    }

    @Test
    void theArrayThatCameFirstMakesRoomForAFifthSize() {
        TileBuffers buffers = new TileBuffers();
        List<int[]> first =
                IntStream.rangeClosed(1, 5)
                        .mapToObj(length -> buffers.ints(Use.MASKS, length))
                        .toList();
        for (int length = 2; length <= 5; length++) {
            assertThat(buffers.ints(Use.MASKS, length)).isSameAs(first.get(length - 1));
        }
        assertThat(buffers.ints(Use.MASKS, 1)).hasSize(1).isNotSameAs(first.get(0));
    }

    @Test
    void anArrayOfZerosKeepsNothingOfItsLastUse() {
        TileBuffers buffers = new TileBuffers();
        Arrays.fill(buffers.zeros(Use.PAIRS, 7), 3);
        assertThat(buffers.zeros(Use.PAIRS, 7)).containsOnly(0);
    }

    private static byte[] copy(ByteBuffer state) {
        byte[] bytes = new byte[state.remaining()];
        state.get(bytes);
        return bytes;
    }

    private static int[] range(int from, int to) {
        return IntStream.range(from, to).toArray();
    }
}
