package dev.longtail.dashboard.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.dashboard.model.Memorization;
import dev.longtail.dashboard.model.Snapshots;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExampleSortTest {

    private final Memorization memorization = Snapshots.random(500, 50, 3).memorization().get();

    @ParameterizedTest
    @EnumSource(ExampleSort.class)
    void ordersEveryExampleOnceAndUndefinedOnesLast(ExampleSort sort) {
        for (boolean descending : new boolean[] {false, true}) {
            int[] order = sort.order(memorization, descending);
            assertThat(Arrays.stream(order).sorted().toArray())
                    .isEqualTo(IntStream.range(0, 500).toArray());
            boolean undefined = false;
            for (int k = 0; k < order.length; k++) {
                double key = sort.key(memorization, order[k]);
                if (Double.isNaN(key)) {
                    undefined = true;
                } else {
                    assertThat(undefined).isFalse();
                }
                double before = k == 0 ? Double.NaN : sort.key(memorization, order[k - 1]);
                if (k > 0 && !undefined) {
                    assertThat((float) key)
                            .satisfies(
                                    x ->
                                            assertThat(
                                                            descending
                                                                    ? x <= (float) before
                                                                    : x >= (float) before)
                                                    .isTrue());
                }
            }
        }
    }
}
