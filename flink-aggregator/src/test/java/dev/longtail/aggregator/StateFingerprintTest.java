package dev.longtail.aggregator;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.estimators.counting.PairScope;
import dev.longtail.estimators.counting.TileLimits;
import dev.longtail.schemas.Experiment;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateFingerprintTest {

    private static final TileLimits LIMITS = new TileLimits(5, 6);

    private final Experiment experiment = new RandomTrials("print", 9, 8, 0, 1).experiment();
    private final String stored =
            StateFingerprint.of(experiment, new PairScope.All(), LIMITS, false).asText();

    private void assertRefused(String field, Experiment other, PairScope scope, TileLimits limits) {
        assertThatThrownBy(
                        () -> StateFingerprint.of(other, scope, limits, false).requireSame(stored))
                .isInstanceOf(StateMismatchException.class)
                .hasMessageContaining("was counted with " + field + " = ");
    }

    @Test
    void whatDoesNotChangeCountersMayChange() {
        experiment.setCreatedAt(Instant.ofEpochMilli(5));
        assertThatCode(
                        () ->
                                StateFingerprint.of(experiment, new PairScope.All(), LIMITS, false)
                                        .requireSame(stored))
                .doesNotThrowAnyException();
    }

    @Test
    void namesTheDifference() {
        assertRefused("pairs", experiment, new PairScope.None(), LIMITS);
        assertRefused("tile-test", experiment, new PairScope.All(), new TileLimits(5, 7));
        Experiment other = new RandomTrials("print", 9, 8, 0, 1).experiment();
        other.setSettings(Map.of("epochs", "9\n10"));
        assertRefused("settings", other, new PairScope.All(), LIMITS);
        other.getSampler().setSubsetSize(3);
        assertRefused("subsetSize", other, new PairScope.All(), LIMITS);
    }

    @Test
    void tellsSubsetsApart() {
        String one =
                StateFingerprint.of(
                                experiment,
                                new PairScope.TestSubset(new int[] {1, 2}),
                                LIMITS,
                                false)
                        .asText();
        assertThatThrownBy(
                        () ->
                                StateFingerprint.of(
                                                experiment,
                                                new PairScope.TestSubset(new int[] {1, 3}),
                                                LIMITS,
                                                false)
                                        .requireSame(one))
                .hasMessageContaining("pairs = test-subset of 2");
    }
}
