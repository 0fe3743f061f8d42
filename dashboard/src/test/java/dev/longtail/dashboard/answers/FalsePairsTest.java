package dev.longtail.dashboard.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.dashboard.model.Memorization;
import dev.longtail.dashboard.model.Snapshot;
import dev.longtail.dashboard.model.Snapshots;
import dev.longtail.dashboard.model.TestAccuracy;
import dev.longtail.schemas.Split;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class FalsePairsTest {

    private static final double THETA = 0.15;

    @Test
    void sumsTheTailOfEveryPairOfTheMemorizedExamples() {
        Snapshot snapshot = Snapshots.random(80, 60, 4);
        for (Integer label : new Integer[] {null, 2}) {
            PairQuery query = new PairQuery(0.25, THETA, 1, false, label);
            assertThat(FalsePairs.expected(snapshot, query))
                    .isCloseTo(plain(snapshot, label), within(1e-4));
        }
    }

    @Test
    void saysNothingWithoutAThreshold() {
        PairQuery query = new PairQuery(-1, -1, 1, false, null);
        assertThat(FalsePairs.expected(Snapshots.random(80, 60, 4), query)).isNull();
    }

    private static double plain(Snapshot snapshot, Integer label) {
        Memorization m = snapshot.memorization().get();
        TestAccuracy tests = snapshot.testAccuracy().get();
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double sum = 0;
        for (int i = 0; i < m.size(); i++) {
            boolean wanted = label == null || snapshot.description().label(Split.TRAIN, i) == label;
            for (int j = 0; wanted && m.value(i) >= 0.25 && j < 60; j++) {
                double q = tests.accuracy(j);
                double error =
                        Math.sqrt(q * (1 - q) * (1.0 / m.counts(i).in() + 1.0 / m.counts(i).out()));
                sum += error == 0 ? 0 : normal.survivalProbability(THETA / error);
            }
        }
        return sum;
    }
}
