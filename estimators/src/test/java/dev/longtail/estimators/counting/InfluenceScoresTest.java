package dev.longtail.estimators.counting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.estimators.Estimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class InfluenceScoresTest {

    @Property(tries = 100)
    void boundsHoldForEveryPair(
            @ForAll @IntRange(min = 2, max = 300) int trials,
            @ForAll @IntRange(min = 1, max = 200) int test,
            @ForAll long seed) {
        BooleanTrials reference = BooleanTrials.random(new Random(seed), trials, 12, test);
        int[] columns = IntStream.range(0, test).toArray();
        TileCounts counts =
                TileCountsTest.fold(
                        reference,
                        IntStream.range(0, 12).toArray(),
                        columns,
                        128,
                        new PlainFoldKernel());
        Stream.concat(Stream.of(new PlainRowPasses()), VectorApi.rowPasses().stream())
                .forEach(passes -> assertRows(counts, new InfluenceScores(counts, passes)));
    }

    /** Of more than 65,535 trials, and so many columns that a sum may exceed 31 bits. */
    @Property(tries = 20)
    void readsNarrowAndWideRowsAlike(
            @ForAll @IntRange(min = 1, max = 70_000) int columns, @ForAll long seed) {
        int[] counters = new Random(seed).ints(columns, 60_000, 65_536).toArray();
        PairCounters narrow = new PairCounters(1, columns);
        int half = narrow.half();
        for (int c = 0; c < columns; c++) {
            narrow.words()[c % half] |= counters[c] << (c < half ? 0 : Short.SIZE);
        }
        PairCounters wide = new PairCounters(1, columns, false, narrow.words());
        wide.widen();
        Stream.concat(Stream.of(new PlainRowPasses()), VectorApi.rowPasses().stream())
                .forEach(
                        passes -> {
                            for (PairCounters pairs : List.of(narrow, wide)) {
                                int[] read = new int[columns];
                                assertThat(passes.read(pairs, 0, read))
                                        .isEqualTo(Arrays.stream(counters).asLongStream().sum());
                                assertThat(read).isEqualTo(counters);
                            }
                        });
    }

    private static void assertRows(TileCounts counts, InfluenceScores scores) {
        for (int row = 0; row < 12; row++) {
            if (!counts.own(row).isDefined()) {
                continue;
            }
            scores.read(row);
            scores.score(counts.own(row));
            assertRow(counts, scores, row);
        }
    }

    private static void assertRow(TileCounts counts, InfluenceScores scores, int row) {
        double most = Double.NEGATIVE_INFINITY;
        long sum = 0;
        for (int c = 0; c < counts.columns(); c++) {
            double influence = Estimate.of(counts.pair(row, c)).value();
            int score = scores.scores()[c];
            assertThat(score).isGreaterThanOrEqualTo(scores.notBelow(influence));
            assertThat(score).isLessThanOrEqualTo(scores.notAbove(influence));
            assertThat(score / (double) (1 << 28)).isCloseTo(influence, within(counts.trials()));
            most = Math.max(most, influence);
            sum += counts.inCorrect(row, c);
        }
        assertThat(scores.inCorrectSum()).isEqualTo(sum);
        for (int c = 0; c < counts.columns(); c++) {
            if (Estimate.of(counts.pair(row, c)).value() == most) {
                assertThat(scores.scores()[c])
                        .isGreaterThanOrEqualTo(scores.tiesWith(scores.largest()));
            }
        }
        int largest = Arrays.stream(scores.scores()).max().orElseThrow();
        assertThat(scores.largest()).isEqualTo(largest);
        for (int bound : new int[] {largest + 1, largest, scores.scores()[0], -(1 << 29)}) {
            assertThat(columnsOfAtLeast(scores, bound))
                    .isEqualTo(
                            IntStream.range(0, counts.columns())
                                    .filter(c -> scores.scores()[c] >= bound)
                                    .boxed()
                                    .toList());
        }
        assertOutside(scores, largest);
    }

    private static List<Integer> columnsOfAtLeast(InfluenceScores scores, int bound) {
        List<Integer> columns = new ArrayList<>();
        int c = scores.nextAtLeast(bound, 0);
        while (c >= 0) {
            columns.add(c);
            c = scores.nextAtLeast(bound, c + 1);
        }
        return columns;
    }

    /** From no column outside to all. */
    private static void assertOutside(InfluenceScores scores, int largest) {
        int columns = scores.scores().length;
        int smallest = Arrays.stream(scores.scores()).min().orElseThrow();
        Random random = new Random(columns);
        for (int share = 0; share <= 8; share++) {
            int[] lower = new int[columns];
            int[] upper = new int[columns];
            for (int c = 0; c < columns; c++) {
                boolean isOut = random.nextInt(8) < share;
                lower[c] = isOut && random.nextBoolean() ? scores.scores()[c] : smallest - 1;
                upper[c] = isOut && lower[c] < smallest ? scores.scores()[c] : largest + 1;
            }
            scores.compare(lower, upper);
            List<Integer> found = new ArrayList<>();
            for (int c = scores.nextOutside(0); c >= 0; c = scores.nextOutside(c + 1)) {
                found.add(c);
            }
            assertThat(found)
                    .isEqualTo(
                            IntStream.range(0, columns)
                                    .filter(
                                            c ->
                                                    scores.scores()[c] >= upper[c]
                                                            || scores.scores()[c] <= lower[c])
                                    .boxed()
                                    .toList());
        }
        assertThat(scores.nextOutside(columns)).isEqualTo(-1);
    }

    private static org.assertj.core.data.Offset<Double> within(long trials) {
        return org.assertj.core.data.Offset.offset((trials + 1) / (double) (1 << 28));
    }
}
