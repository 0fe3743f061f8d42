package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.ExitCode;

/** Nodes are drained without asking: what may go at one time, and what that costs a trainer. */
class DisruptionTest {

    static Stream<Path> modes() {
        return Chart.modes().stream()
                .filter(mode -> !mode.endsWith("counting-only.yaml")); // says that it wants none
    }

    /** A budget that lets nobody go blocks the upgrade of a node for ever. */
    @ParameterizedTest
    @MethodSource("modes")
    void budgetsLetOnePodOfAComponentGo(Path mode) {
        Manifests manifests = Chart.render(mode);
        List<PodView> pods = PodView.all(manifests);

        assertThat(manifests.ofKind("PodDisruptionBudget"))
                .isNotEmpty()
                .allSatisfy(
                        budget -> {
                            assertThat(budget.at("/spec/maxUnavailable").asInt()).isOne();
                            assertThat(budget.at("/spec").has("minAvailable")).isFalse();
                            assertThat(budget.at("/spec/unhealthyPodEvictionPolicy").asText())
                                    .isEqualTo("AlwaysAllow");
                            assertThat(pods)
                                    .as(Manifests.title(budget))
                                    .filteredOn(pod -> pod.matches(selector(budget)))
                                    .hasSize(1);
                        });
    }

    /** Everything that stays has a budget; Jobs need none, as they do not serve. */
    @ParameterizedTest
    @MethodSource("modes")
    void everythingThatStaysHasOne(Path mode) {
        Manifests manifests = Chart.render(mode);
        List<JsonNode> budgets = manifests.ofKind("PodDisruptionBudget").toList();

        assertThat(PodView.all(manifests))
                .filteredOn(pod -> !pod.owner().startsWith("Job/"))
                .allSatisfy(
                        pod ->
                                assertThat(budgets)
                                        .as(pod.owner())
                                        .anyMatch(budget -> pod.matches(selector(budget))));
    }

    private static Map<String, String> selector(JsonNode budget) {
        return PodView.texts(budget.at("/spec/selector/matchLabels"));
    }

    /** An evicted trainer is no failure; one that was started wrongly cannot succeed later. */
    @Test
    void evictedTrainersAreStartedAgainAndMisspeltOnesAreNot() {
        JsonNode job =
                Chart.render(Chart.mode("standalone"))
                        .ofKind("Job")
                        .filter(j -> Manifests.name(j).startsWith("demo-longtail-trainer"))
                        .findFirst()
                        .orElseThrow();
        JsonNode rules = job.at("/spec/podFailurePolicy/rules");

        assertThat(rules.at("/0/action").asText()).isEqualTo("Ignore");
        assertThat(rules.at("/0/onPodConditions/0/type").asText()).isEqualTo("DisruptionTarget");
        assertThat(rules.at("/1/action").asText()).isEqualTo("FailJob");
        assertThat(rules.at("/1/onExitCodes/values/0").asInt()).isEqualTo(ExitCode.USAGE);
        assertThat(rules.at("/1/onExitCodes/containerName").asText())
                .isEqualTo(job.at("/spec/template/spec/containers/0/name").asText());
        assertThat(job.at("/spec/backoffLimitPerIndex").asInt()).isPositive();
        assertThat(job.at("/spec/template/spec/terminationGracePeriodSeconds").asInt())
                .isGreaterThanOrEqualTo(30);
    }
}
