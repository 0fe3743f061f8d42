package dev.longtail.aggregator;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.estimators.counting.PairScope;
import dev.longtail.estimators.counting.TileLimits;
import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.SamplerKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
        assertRefused("tile-train", experiment, new PairScope.All(), new TileLimits(4, 6));
        assertRefused("tile-test", experiment, new PairScope.All(), new TileLimits(5, 7));
        assertThatThrownBy(
                        () ->
                                StateFingerprint.of(experiment, new PairScope.All(), LIMITS, true)
                                        .requireSame(stored))
                .hasMessageContaining("was counted with converged-only = false");
    }

    private static Stream<Arguments> changes() {
        return Stream.of(
                change("experiment", other -> other.setName("others")),
                change("trainSize", other -> other.setTrainSize(10)),
                change("testSize", other -> other.setTestSize(7)),
                change("sampler", other -> other.getSampler().setKind(SamplerKind.ARBITRARY)),
                change("subsetSize", other -> other.getSampler().setSubsetSize(3)),
                change(
                        "inclusionProbability",
                        other -> other.getSampler().setInclusionProbability(0.3)),
                change("trainLabels", other -> other.setTrainLabels(List.of(1, 2))),
                change("testLabels", other -> other.setTestLabels(List.of(1, 2))),
                change("dataFingerprint", other -> other.setDataFingerprint("00")),
                change("model", other -> other.setModel("another")),
                change("optimizer", other -> other.setOptimizer("another")),
                change("settings", other -> other.setSettings(Map.of("epochs", "9\n10"))),
                change("seed", other -> other.setSeed(77)));
    }

    private static Arguments change(String field, Consumer<Experiment> change) {
        return Arguments.of(field, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void everyFieldOfTheExperimentIsNamed(String field, Consumer<Experiment> change) {
        Experiment other = new RandomTrials("print", 9, 8, 0, 1).experiment();
        change.accept(other);
        assertRefused(field, other, new PairScope.All(), LIMITS);
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
