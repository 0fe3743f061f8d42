package dev.longtail.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RankedValuesTest {

    /** Whether ranks were made for an earlier question or not. */
    @Property(tries = 200, seed = "63")
    void correlatesAsSpearmanOfTheSameValues(
            @ForAll @IntRange(min = 1, max = 60) int size,
            @ForAll boolean missing,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<double[]> values =
                Stream.generate(() -> values(random, size, missing)).limit(3).toList();
        List<RankedValues> ranked = values.stream().map(RankedValues::new).toList();

        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                assertThat(ranked.get(a).spearman(ranked.get(b)))
                        .isEqualTo(
                                Double.valueOf(Correlation.spearman(values.get(a), values.get(b))));
            }
        }
    }

    private static double[] values(SplittableRandom random, int size, boolean missing) {
        return random.ints(size, 0, 20)
                .mapToDouble(value -> missing && value == 0 ? Double.NaN : value / 10.0)
                .toArray();
    }

    @Test
    void refusesValuesOfDifferentExamples() {
        RankedValues two = new RankedValues(new double[2]);
        RankedValues three = new RankedValues(new double[3]);

        assertThatThrownBy(() -> two.spearman(three))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 2 and 3");
    }
}
