package dev.longtail.dashboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.schemas.Convergence;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairTableTest {

    private static final int TRIALS = 100;

    private static GroupPairs group(int group, int pairs, Random random) {
        int[] in = IntStream.range(0, pairs).map(k -> 1 + random.nextInt(TRIALS - 1)).toArray();
        int[] inCorrect = IntStream.of(in).map(n -> random.nextInt(n + 1)).toArray();
        int[] correct =
                IntStream.range(0, pairs)
                        .map(k -> inCorrect[k] + random.nextInt(TRIALS - in[k] + 1))
                        .toArray();
        float[] evidence = new float[pairs];
        for (int k = 0; k < pairs; k++) {
            evidence[k] = k % 3 == 0 ? Float.NaN : 10 * random.nextFloat();
        }
        return new GroupPairs(
                group,
                3,
                2,
                5,
                TRIALS,
                1,
                IntStream.range(0, pairs).map(k -> 1000 * group + k).toArray(),
                random.ints(pairs, 0, 50).toArray(),
                in,
                inCorrect,
                correct,
                new float[pairs],
                evidence);
    }

    private static Convergence convergence(long attempt, long block, Double level) {
        return Convergence.newBuilder()
                .setExperiment("e")
                .setAttempt(attempt)
                .setBlock(block)
                .setEmittedAt(Instant.EPOCH)
                .setTrials(TRIALS)
                .setReceived(TRIALS)
                .setConfirmedPairs(level == null ? null : 1L)
                .setConfirmedLogEValue(level)
                .build();
    }

    @Test
    void ordersAllGroupsByFallingInfluenceAndLosesNone() {
        Random random = new Random(5);
        List<GroupPairs> groups =
                List.of(group(0, 40, random), group(1, 0, random), group(2, 77, random));
        PairTable table = new PairTable(groups, List.of());
        assertThat(table.size()).isEqualTo(117);
        assertThat(table.truncated()).isEqualTo(3);
        assertThat(IntStream.range(0, 117).map(table::train).toArray())
                .containsExactlyInAnyOrder(
                        IntStream.concat(IntStream.range(0, 40), IntStream.range(2000, 2077))
                                .toArray());
        for (int k = 1; k < table.size(); k++) {
            assertThat(table.influence(k).value())
                    .isLessThanOrEqualTo(table.influence(k - 1).value() + 1e-6);
        }
        for (int k = 0; k < table.size(); k++) {
            GroupPairs own = groups.get(table.train(k) / 1000);
            assertThat(table.influence(k)).isEqualTo(own.influence(table.train(k) % 1000));
        }
    }

    @Test
    void confirmsByTheLevelOfTheSameTrialsOnly() {
        GroupPairs pairs = group(0, 30, new Random(6));
        PairTable unknown =
                new PairTable(
                        List.of(pairs), List.of(convergence(1, 5, 2.0), convergence(2, 4, 2.0)));
        assertThat(unknown.confirmed(0)).isNull();
        PairTable known = new PairTable(List.of(pairs), List.of(convergence(2, 5, 4.0)));
        for (int k = 0; k < known.size(); k++) {
            float evidence = pairs.logEValue()[known.train(k)];
            assertThat(known.confirmed(k)).isEqualTo(evidence >= 4);
        }
        PairTable none = new PairTable(List.of(pairs), List.of(convergence(2, 5, null)));
        assertThat(none.confirmed(0)).isNull();
    }
}
