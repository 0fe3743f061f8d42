package dev.longtail.estimators.counting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.estimators.InOutCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whole experiments, tile by tile as the job counts them, in every scope and by every kernel. */
class ScopesTest {

    @Property(tries = 25)
    void countsEveryPairInScopeAsTheNaiveReference(
            @ForAll @IntRange(min = 1, max = 300) int trials,
            @ForAll @IntRange(min = 1, max = 50) int train,
            @ForAll @IntRange(min = 1, max = 40) int test,
            @ForAll @IntRange(min = 1, max = 150) int blockSize,
            @ForAll @IntRange(min = 1, max = 25) int rows,
            @ForAll @IntRange(min = 1, max = 25) int columns,
            @ForAll long seed) {
        Random random = new Random(seed);
        BooleanTrials reference = BooleanTrials.random(random, trials, train, test);
        InOutCounts[] own =
                IntStream.range(0, train).mapToObj(reference::own).toArray(InOutCounts[]::new);
        InOutCounts[][] pairs = new InOutCounts[train][test];
        for (int i = 0; i < train; i++) {
            for (int j = 0; j < test; j++) {
                pairs[i][j] = reference.pair(i, j);
            }
        }
        int[] trainLabels = random.ints(train, 0, 4).toArray();
        int[] testLabels = random.ints(test, 0, 4).toArray();
        for (PairScope scope : scopes(random, test)) {
            Tiling tiling =
                    Tiling.of(
                            scope,
                            train,
                            test,
                            trainLabels,
                            testLabels,
                            new TileLimits(rows, columns));
            Kernels.all()
                    .forEach(kernel -> check(tiling, reference, blockSize, kernel, own, pairs));
        }
    }

    private static List<PairScope> scopes(Random random, int test) {
        int[] subset = IntStream.range(0, test).filter(j -> random.nextBoolean()).toArray();
        List<PairScope> scopes = new ArrayList<>();
        scopes.add(new PairScope.All());
        scopes.add(new PairScope.SameClass());
        scopes.add(new PairScope.None());
        scopes.add(new PairScope.TestSubset(subset.length == 0 ? new int[] {0} : subset));
        return scopes;
    }

    private static void check(
            Tiling tiling,
            BooleanTrials reference,
            int blockSize,
            FoldKernel kernel,
            InOutCounts[] own,
            InOutCounts[][] pairs) {
        for (Tiling.Tile tile : tiling.tiles()) {
            TileCounts counts =
                    TileCountsTest.fold(reference, tile.train(), tile.test(), blockSize, kernel);
            for (int r = 0; r < tile.train().length; r++) {
                assertThat(counts.own(r)).isEqualTo(own[tile.train()[r]]);
                for (int c = 0; c < tile.test().length; c++) {
                    assertThat(counts.pair(r, c)).isEqualTo(pairs[tile.train()[r]][tile.test()[c]]);
                }
            }
        }
    }
}
