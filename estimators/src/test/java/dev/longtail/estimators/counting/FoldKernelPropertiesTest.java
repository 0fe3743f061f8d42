package dev.longtail.estimators.counting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kernel, on narrow and on wide counters, against the plain formula. */
class FoldKernelPropertiesTest {

    @Property(tries = 100)
    void countsTilesOfAnyShape(
            @ForAll @IntRange(min = 1, max = 40) int rows,
            @ForAll @IntRange(min = 0, max = 200) int columns,
            @ForAll @IntRange(min = 1, max = 20) int quanta,
            @ForAll long seed) {
        check(rows, columns, quanta * BitColumns.WORD_QUANTUM, new Random(seed));
    }

    /** One row, one column, one strip of a kernel, more than one, and a remainder of one column. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 4",
        "1, 2, 128",
        "384, 1, 12",
        "1, 640, 32",
        "5, 639, 12",
        "4, 641, 16",
        "6, 1280, 12",
        "3, 1283, 28",
        "7, 33, 2048",
        "600, 130, 8",
        "2, 4100, 8",
        "520, 4100, 4"
    })
    void countsTilesAtTheEdges(int rows, int columns, int words) {
        check(rows, columns, words, new Random(words));
    }

    private static void check(int rows, int columns, int words, Random random) {
        int[] masks = random.ints((long) rows * words).toArray();
        int[] planes = random.ints((long) columns * words).toArray();
        // The sums of two folds of all these trials exceed 16 bits only in wide counters.
        boolean alsoNarrow = words * Integer.SIZE < PairCounters.NARROW_MAX / 2;
        Kernels.all()
                .forEach(
                        kernel -> {
                            if (alsoNarrow) {
                                PairCounters narrow = new PairCounters(rows, columns);
                                check(kernel, masks, planes, words, narrow);
                                assertThat(narrow.isWide()).isFalse();
                            }
                            PairCounters wide = new PairCounters(rows, columns);
                            wide.widen();
                            check(kernel, masks, planes, words, wide);
                        });
    }

    /** Folds twice: into zeros, and onto what is there. */
    private static void check(
            FoldKernel kernel, int[] masks, int[] planes, int words, PairCounters counters) {
        int rows = counters.rows();
        int columns = counters.columns();
        int[] expected = new int[rows * columns];
        for (int pair = 0; pair < expected.length; pair++) {
            for (int w = 0; w < words; w++) {
                int mask = masks[pair / columns * words + w];
                expected[pair] += Integer.bitCount(mask & planes[w * columns + pair % columns]);
            }
        }
        for (int fold = 1; fold <= 2; fold++) {
            kernel.fold(masks, planes, words, counters);
            int[] found = new int[expected.length];
            int[] twice = expected.clone();
            for (int pair = 0; pair < expected.length; pair++) {
                found[pair] = counters.get(pair / columns, pair % columns);
                twice[pair] *= fold;
            }
            assertThat(found)
                    .as("%s, wide: %s, fold %d", kernel.description(), counters.isWide(), fold)
                    .isEqualTo(twice);
        }
        PairCounters same = new PairCounters(rows, columns);
        if (counters.isWide()) {
            same.widen();
        }
        new NaiveWords(same).add(expected);
        new NaiveWords(same).add(expected);
        assertThat(counters).as("bits between counters stay clear").isEqualTo(same);
    }

    /** Writes counters one by one, as {@link PairCounters} lays them out. */
    private record NaiveWords(PairCounters counters) {

        void add(int[] sums) {
            int columns = counters.columns();
            for (int pair = 0; pair < sums.length; pair++) {
                int row = pair / columns;
                int column = pair % columns;
                if (counters.isWide()) {
                    counters.words()[pair] += sums[pair];
                } else if (column < counters.half()) {
                    counters.words()[row * counters.half() + column] += sums[pair];
                } else {
                    counters.words()[row * counters.half() + column - counters.half()] +=
                            sums[pair] << Short.SIZE;
                }
            }
        }
    }
}
