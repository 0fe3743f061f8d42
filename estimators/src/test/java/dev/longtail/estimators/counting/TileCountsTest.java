package dev.longtail.estimators.counting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TileCountsTest {

    @Property(tries = 60)
    void foldsAsTheNaiveReferenceCounts(
            @ForAll @IntRange(min = 1, max = 400) int trials,
            @ForAll @IntRange(min = 1, max = 150) int train,
            @ForAll @IntRange(min = 1, max = 150) int test,
            @ForAll @IntRange(min = 1, max = 150) int blockSize,
            @ForAll long seed) {
        Random random = new Random(seed);
        BooleanTrials reference = BooleanTrials.random(random, trials, train, test);
        int[] rows = group(random, train, 1);
        int[] columns = group(random, test, 0);
        everyKernelAgrees(reference, rows, columns, blockSize);
    }

    @Property(tries = 30)
    void foldsBlocksOfEverySize(
            @ForAll @IntRange(min = 1, max = 4096) int blockSize,
            @ForAll @IntRange(min = 1, max = 6000) int trials,
            @ForAll @IntRange(min = 1, max = 9) int train,
            @ForAll @IntRange(min = 1, max = 40) int test,
            @ForAll long seed) {
        BooleanTrials reference = BooleanTrials.random(new Random(seed), trials, train, test);
        int[] rows = IntStream.range(0, train).toArray();
        int[] columns = IntStream.range(0, test).toArray();
        everyKernelAgrees(reference, rows, columns, blockSize);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 1",
        "4096, 1, 1, 4096",
        "4096, 5, 37, 4096",
        "4100, 3, 65, 4096",
        "1025, 4, 600, 1024",
        "1000, 66, 513, 999",
        "127, 1, 700, 64",
        "129, 90, 1, 65",
    })
    void foldsEveryShape(int trials, int train, int test, int blockSize) {
        Random random = new Random(trials);
        BooleanTrials reference = BooleanTrials.random(random, trials, train, test);
        int[] rows = IntStream.range(0, train).toArray();
        int[] columns = IntStream.range(0, test).toArray();
        everyKernelAgrees(reference, rows, columns, blockSize);
    }

    @Test
    void withoutColumnsCountsMemorization() {
        BooleanTrials reference = BooleanTrials.random(new Random(7), 300, 70, 9);
        int[] rows = IntStream.range(3, 70).toArray();
        TileCounts counts = fold(reference, rows, new int[0], 100, FoldKernel.best());
        assertAgrees(reference, rows, new int[0], counts);
        assertThat(counts.columns()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 4", "5, 33", "6, 70"})
    void widensBeforeACounterCouldOverflow(int train, int test) {
        int block = 4096;
        BooleanTrials all = allSet(block, train, test);
        int[] rows = IntStream.range(0, train).toArray();
        int[] columns = IntStream.range(0, test).toArray();
        Kernels.all()
                .forEach(
                        kernel -> {
                            TileCounts counts = new TileCounts(train, test);
                            TileBuffers buffers = new TileBuffers();
                            for (int number = 1; number <= 17; number++) {
                                fold(counts, all, number, block, rows, columns, kernel);
                                counts = TileCounts.decode(counts.encode(buffers), buffers);
                                TileCountsView view = new TileCountsView(counts.encode());
                                int expected = number * block;
                                for (int r = 0; r < train; r++) {
                                    for (int c = 0; c < test; c++) {
                                        assertThat(counts.inCorrect(r, c)).isEqualTo(expected);
                                        assertThat(view.inCorrect(r, c)).isEqualTo(expected);
                                    }
                                }
                            }
                            assertThat(counts.trials()).isEqualTo(69_632);
                        });
    }

    @Test
    void staysNarrowUpTo65535Trials() {
        TileCounts counts = new TileCounts(2, 10);
        int[] rows = {0, 1};
        int[] columns = IntStream.range(0, 10).toArray();
        FoldKernel kernel = FoldKernel.best();
        fold(counts, allSet(65_535, 2, 10), 1, 65_535, rows, columns, kernel);
        assertThat(counts.encode()).hasSize(32 + 2 * 12 + 4 * 10 + 4 + 2 * 4 * 3);
        assertThat(counts.inCorrect(1, 9)).isEqualTo(65_535);
        fold(counts, allSet(1, 2, 10), 2, 1, rows, columns, kernel);
        assertThat(counts.encode()).hasSize(32 + 2 * 24 + 4 * 10 + 4 * 2 * 10);
        assertThat(counts.inCorrect(1, 9)).isEqualTo(65_536);
        assertThat(counts.inCorrect(0, 0)).isEqualTo(65_536);
    }

    /** Test examples that follow a training example: its row has differences of a byte no more. */
    @Property(tries = 40)
    void keepsRowsFarFromTheirMarginsWhole(
            @ForAll @IntRange(min = 1, max = 40) int train,
            @ForAll @IntRange(min = 1, max = 60) int test,
            @ForAll @IntRange(min = 1, max = 700) int blockSize,
            @ForAll long seed) {
        Random random = new Random(seed);
        int trials = 1_400;
        BooleanTrials reference = BooleanTrials.random(random, trials, train, test);
        int[] leaders = random.ints(random.nextInt(train + 1), 0, train).distinct().toArray();
        int[] followers = random.ints(leaders.length, 0, test).toArray();
        for (int k = 0; k < trials; k++) {
            for (int n = 0; n < leaders.length; n++) {
                reference.testCorrect()[k][followers[n]] = reference.included()[k][leaders[n]];
            }
        }
        int[] rows = IntStream.range(0, train).toArray();
        int[] columns = IntStream.range(0, test).toArray();
        everyKernelAgrees(reference, rows, columns, blockSize);

        // sqrt(t p (1 - p) / 4) is 9 trials: no pair without influence is 128 away from its own.
        long far = Arrays.stream(followers).distinct().count();
        int half = (test + 1) / 2;
        int quarter = (half + 1) / 2;
        byte[] state = fold(reference, rows, columns, blockSize, FoldKernel.best()).encode();
        assertThat(state.length)
                .isEqualTo(
                        32
                                + 12 * train
                                + 4 * test
                                + 4 * ((train + 31) / 32)
                                + 4 * train * quarter
                                + 4 * far * (half - quarter));
    }

    /** No counter of a tile exceeds its trials; so the last trials that fit are exact too. */
    @Test
    void countsUpTo32BitsAndRefusesMore() {
        int[] rows = {0, 1};
        int[] columns = IntStream.range(0, 10).toArray();
        FoldKernel kernel = FoldKernel.best();
        TileCounts few = new TileCounts(2, 10);
        fold(few, allSet(65_536, 2, 10), 1, 65_536, rows, columns, kernel);
        TileCounts counts = TileCounts.decode(multiplied(few.encode(), 32_767));
        assertThat(counts.trials()).isEqualTo(65_536 * 32_767);
        fold(counts, allSet(65_535, 2, 10), 2, 65_535, rows, columns, kernel);
        byte[] full = counts.encode();
        assertThat(counts.trials()).isEqualTo(Integer.MAX_VALUE);
        assertThat(counts.inCorrect(1, 9)).isEqualTo(Integer.MAX_VALUE);
        assertThat(counts.own(1).in()).isEqualTo(Integer.MAX_VALUE);
        assertThat(new TileCountsView(full).pair(0, 0).inCorrect()).isEqualTo(Integer.MAX_VALUE);
        assertThatThrownBy(() -> fold(counts, allSet(1, 2, 10), 3, 1, rows, columns, kernel))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("at most 2147483647 trials")
                .hasMessageContaining("found 1 after 2147483647");
        assertThat(counts.encode()).isEqualTo(full);
    }

    /**
     * The state after so many times the same trials: every counter and the trials, not the block.
     */
    private static byte[] multiplied(byte[] state, int times) {
        ByteBuffer bytes = ByteBuffer.wrap(state.clone()).order(ByteOrder.LITTLE_ENDIAN);
        for (int at : new int[] {12, 16}) {
            bytes.putInt(at, bytes.getInt(at) * times);
        }
        for (int at = TileLayout.HEADER_BYTES; at < state.length; at += Integer.BYTES) {
            bytes.putInt(at, bytes.getInt(at) * times);
        }
        return bytes.array();
    }

    @Test
    void refusesABlockOutOfOrderAndCountsNothing() {
        BooleanTrials trials = BooleanTrials.random(new Random(1), 20, 4, 4);
        int[] all = {0, 1, 2, 3};
        FoldKernel kernel = FoldKernel.best();
        TileCounts counts = new TileCounts(4, 4);
        TrialBlock first = trials.block(1, 0, 10);
        TileBlock record = TileBlock.decode(first.tile(first.rows(all), first.columns(all)));
        counts.fold(record, kernel);
        byte[] before = counts.encode();
        assertThatThrownBy(() -> counts.fold(record, kernel))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected block 2 after 10 trials, found block 1 after 0");
        TrialBlock gap = trials.block(2, 11, 20);
        TileBlock early = TileBlock.decode(gap.tile(gap.rows(all), gap.columns(all)));
        assertThatThrownBy(() -> counts.fold(early, kernel))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found block 2 after 11 trials");
        assertThatThrownBy(() -> new TileCounts(3, 4).fold(record, kernel))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a block for a tile of 3 x 4, found 4 x 4");
        assertThat(counts.encode()).isEqualTo(before);
    }

    @Test
    void refusesForeignBytes() {
        byte[] state = new TileCounts(2, 3).encode();
        byte[] future = state.clone();
        future[0] = 9;
        assertThatThrownBy(() -> TileCounts.decode(future)).hasMessageContaining("found format 9");
        assertThatThrownBy(() -> new TileCountsView(Arrays.copyOf(state, 40)))
                .hasMessageContaining("bytes for a tile of 2 x 3, found 40");
        assertThatThrownBy(() -> TileCounts.decode(new byte[3]))
                .hasMessageContaining("at least 32 bytes, found 3");
        byte[] otherRows = state.clone();
        int map = 32 + 2 * 12 + 3 * 4;
        assertThat(otherRows[map]).as("both rows in bytes").isEqualTo((byte) 3);
        otherRows[map] = 1;
        assertThatThrownBy(() -> TileCounts.decode(otherRows))
                .hasMessageContaining("expected %d bytes".formatted(state.length + 4))
                .hasMessageContaining("found %d".formatted(state.length));
        byte[] negative = state.clone();
        ByteBuffer.wrap(negative).order(ByteOrder.LITTLE_ENDIAN).putInt(4, -2);
        assertThatThrownBy(() -> new TileCountsView(negative))
                .hasMessageContaining("for a tile of -2 x 3");
    }

    @Test
    void refusesForeignBlocks() {
        TrialBlock block = BooleanTrials.random(new Random(2), 5, 2, 3).block(1, 0, 5);
        byte[] rows = block.rows(new int[] {0, 1});
        TileRecord record = block.tile(rows, block.columns(new int[] {0, 1, 2}));
        byte[] future = record.header().clone();
        future[0] = 9;
        assertThatThrownBy(() -> decode(future, rows, record.columns()))
                .hasMessageContaining("found format 9");
        assertThatThrownBy(() -> decode(new byte[3], rows, record.columns()))
                .hasMessageContaining("a header of 3 bytes");
        assertThatThrownBy(() -> decode(record.header(), new byte[7], record.columns()))
                .hasMessageContaining("expected 80 + 48 bytes for a block of 5 trials for 2 x 3")
                .hasMessageContaining("found 7 + 48");
        assertThatThrownBy(() -> decode(record.header(), rows, new byte[7]))
                .hasMessageContaining("found 80 + 7");
        assertThatThrownBy(() -> TileBlock.decode(TileRecord.NONE))
                .hasMessageContaining("a header of 0 bytes");
    }

    private static TileBlock decode(byte[] header, byte[] rows, byte[] columns) {
        return TileBlock.decode(new TileRecord(header, rows, columns));
    }

    static TileCounts fold(
            BooleanTrials trials, int[] rows, int[] columns, int blockSize, FoldKernel kernel) {
        TileCounts counts = new TileCounts(rows.length, columns.length);
        long number = 1;
        for (int from = 0; from < trials.trials(); from += blockSize) {
            int to = Math.min(trials.trials(), from + blockSize);
            TrialBlock block = trials.block(number++, from, to);
            TileBlock record =
                    TileBlock.decode(block.tile(block.rows(rows), block.columns(columns)));
            assertThat(record.publish()).isEqualTo(to == trials.trials());
            counts.fold(record, kernel);
            counts = TileCounts.decode(counts.encode());
        }
        return counts;
    }

    private static void fold(
            TileCounts counts,
            BooleanTrials trials,
            int number,
            int before,
            int[] rows,
            int[] columns,
            FoldKernel kernel) {
        TrialBlock block =
                new TrialBlock(
                        number,
                        counts.trials(),
                        false,
                        BooleanTrials.packed(trials.included(), 0, trials.trials()),
                        BooleanTrials.packed(trials.trainCorrect(), 0, trials.trials()),
                        BooleanTrials.packed(trials.testCorrect(), 0, trials.trials()),
                        trials.train(),
                        trials.test());
        counts.fold(TileBlock.decode(block.tile(block.rows(rows), block.columns(columns))), kernel);
    }

    private static BooleanTrials allSet(int trials, int train, int test) {
        BooleanTrials set =
                new BooleanTrials(
                        new boolean[trials][train],
                        new boolean[trials][train],
                        new boolean[trials][test]);
        for (int k = 0; k < trials; k++) {
            Arrays.fill(set.included()[k], true);
            Arrays.fill(set.testCorrect()[k], true);
        }
        return set;
    }

    private static void everyKernelAgrees(
            BooleanTrials reference, int[] rows, int[] columns, int blockSize) {
        Kernels.all()
                .forEach(
                        kernel ->
                                assertAgrees(
                                        reference,
                                        rows,
                                        columns,
                                        fold(reference, rows, columns, blockSize, kernel)));
    }

    private static void assertAgrees(
            BooleanTrials reference, int[] rows, int[] columns, TileCounts counts) {
        TileCountsView view = new TileCountsView(counts.encode());
        assertThat(view.block()).isEqualTo(counts.block());
        assertReads(reference, rows, columns, counts);
        assertReads(reference, rows, columns, view);
    }

    static void assertReads(BooleanTrials reference, int[] rows, int[] columns, TileReader tile) {
        assertThat(tile.trials()).isEqualTo(reference.trials());
        assertThat(tile.evenTrials()).isEqualTo((reference.trials() + 1) / 2);
        assertThat(tile.rows()).isEqualTo(rows.length);
        assertThat(tile.columns()).isEqualTo(columns.length);
        for (int r = 0; r < rows.length; r++) {
            assertThat(tile.own(r)).isEqualTo(reference.own(rows[r]));
            assertThat(tile.evenOwn(r)).isEqualTo(reference.evenOwn(rows[r]));
            assertThat(tile.oddOwn(r).trials()).isEqualTo(reference.trials() / 2);
            for (int c = 0; c < columns.length; c++) {
                if (!tile.pair(r, c).equals(reference.pair(rows[r], columns[c]))) {
                    assertThat(tile.pair(r, c))
                            .as("pair %d, %d of %s", r, c, tile.getClass().getSimpleName())
                            .isEqualTo(reference.pair(rows[r], columns[c]));
                }
            }
        }
    }

    private static int[] group(Random random, int size, int atLeast) {
        int[] chosen = IntStream.range(0, size).filter(i -> random.nextInt(3) > 0).toArray();
        return chosen.length < atLeast ? new int[] {0} : chosen;
    }
}
