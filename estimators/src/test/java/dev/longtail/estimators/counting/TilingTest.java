package dev.longtail.estimators.counting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.function.BiPredicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TilingTest {

    @Property(tries = 200)
    void everyPairInScopeIsInExactlyOneTile(
            @ForAll @IntRange(min = 1, max = 60) int n,
            @ForAll @IntRange(min = 0, max = 40) int testSize,
            @ForAll @IntRange(min = 1, max = 20) int rows,
            @ForAll @IntRange(min = 1, max = 20) int columns,
            @ForAll @IntRange(min = 1, max = 8) int classes,
            @ForAll long seed) {
        Random random = new Random(seed);
        int[] trainLabels = random.ints(n, 0, classes).toArray();
        int[] testLabels = random.ints(testSize, 0, classes).toArray();
        TileLimits limits = new TileLimits(rows, columns);
        check(
                Tiling.of(new PairScope.All(), n, testSize, null, null, limits),
                limits,
                (i, j) -> true);
        check(
                Tiling.of(new PairScope.None(), n, testSize, null, null, limits),
                limits,
                (i, j) -> false);
        check(
                Tiling.of(new PairScope.SameClass(), n, testSize, trainLabels, testLabels, limits),
                limits,
                (i, j) -> trainLabels[i] == testLabels[j]);
        int[] subset =
                random.ints(testSize, 0, testSize + 1)
                        .filter(j -> j < testSize)
                        .sorted()
                        .distinct()
                        .toArray();
        if (subset.length > 0) {
            check(
                    Tiling.of(new PairScope.TestSubset(subset), n, testSize, null, null, limits),
                    limits,
                    (i, j) -> Tiling.placeIn(subset, j) >= 0);
        }
    }

    private static void check(Tiling tiling, TileLimits limits, BiPredicate<Integer, Integer> in) {
        int[][] holders = new int[tiling.trainSize()][tiling.testSize()];
        boolean[] counted = new boolean[tiling.trainSize()];
        long pairs = 0;
        for (Tiling.Tile tile : tiling.tiles()) {
            assertThat(tiling.tile(tile.id())).isSameAs(tile);
            assertThat(tile.train()).hasSizeBetween(1, limits.train());
            assertThat(tile.test()).hasSizeLessThanOrEqualTo(limits.test());
            for (int i : tile.train()) {
                counted[i] = true;
                assertThat(tiling.trainGroupOf(i)).isEqualTo(tile.trainGroup());
                for (int j : tile.test()) {
                    holders[i][j]++;
                    assertThat(tiling.tileOf(i, j)).hasValue(tile.id());
                }
            }
        }
        for (int i = 0; i < tiling.trainSize(); i++) {
            assertThat(counted[i]).isTrue();
            for (int j = 0; j < tiling.testSize(); j++) {
                boolean inScope = in.test(i, j);
                pairs += inScope ? 1 : 0;
                assertThat(holders[i][j]).isEqualTo(inScope ? 1 : 0);
                assertThat(tiling.tileOf(i, j).isPresent()).isEqualTo(inScope);
            }
        }
        assertThat(tiling.pairsInScope()).isEqualTo(pairs);
    }

    @Test
    void splitsIntoEvenGroups() {
        Tiling tiling = Tiling.of(new PairScope.All(), 10, 3, null, null, new TileLimits(4, 640));
        assertThat(tiling.trainGroupCount()).isEqualTo(3);
        assertThat(tiling.trainGroup(0)).containsExactly(0, 1, 2);
        assertThat(tiling.trainGroup(2)).containsExactly(6, 7, 8, 9);
    }

    @Test
    void namesWhatIsMissing() {
        assertThatThrownBy(
                        () ->
                                Tiling.of(
                                        new PairScope.SameClass(),
                                        4,
                                        4,
                                        new int[4],
                                        null,
                                        TileLimits.DEFAULT))
                .hasMessageContaining("test examples, found none");
        assertThatThrownBy(
                        () ->
                                Tiling.of(
                                        new PairScope.TestSubset(new int[] {1, 4}),
                                        4,
                                        4,
                                        null,
                                        null,
                                        TileLimits.DEFAULT))
                .hasMessageContaining("from 0 to 3, found 4");
        assertThatThrownBy(() -> new PairScope.TestSubset(new int[] {3, 3}))
                .hasMessageContaining("found 3 after 3");
    }
}
