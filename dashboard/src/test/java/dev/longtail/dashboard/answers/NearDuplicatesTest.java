package dev.longtail.dashboard.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearDuplicatesTest {

    @Test
    void isWhatOneInAThousandOrdinaryPairsReaches() {
        double[] alike = IntStream.range(0, 4000).mapToDouble(k -> 0.9 + k / 40_000.0).toArray();
        shuffle(alike);
        double from = NearDuplicates.threshold(alike);
        assertThat(from).isCloseTo(0.9999, within(1e-9));
        assertThat(IntStream.range(0, 4000).filter(k -> alike[k] >= from).count()).isEqualTo(4);
    }

    @Test
    void isNeverBelowItsLeast() {
        assertThat(NearDuplicates.threshold(new Random(1).doubles(4000, -0.2, 0.6).toArray()))
                .isEqualTo(NearDuplicates.LEAST);
    }

    @Test
    void isItsLeastWhereTooFewPairsSayWhatIsOrdinary() {
        assertThat(NearDuplicates.threshold(new double[] {0.99, 0.995, 0.98}))
                .isEqualTo(NearDuplicates.LEAST);
    }

    private static void shuffle(double[] values) {
        Random random = new Random(2);
        for (int k = values.length - 1; k > 0; k--) {
            int other = random.nextInt(k + 1);
            double value = values[k];
            values[k] = values[other];
            values[other] = value;
        }
    }
}
