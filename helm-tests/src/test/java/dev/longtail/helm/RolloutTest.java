package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pods read secrets and settings when they start: who must start anew after which change. */
class RolloutTest {

    static Stream<String> modesWithPods() {
        return Stream.of("standalone", "secured", "strimzi-volume", "operator");
    }

    /** Files of a mounted Secret change in a running pod, but no program reads them twice. */
    @ParameterizedTest
    @MethodSource("modesWithPods")
    void afterARotationEveryPodStartsAnew(String mode) {
        Map<String, JsonNode> before = templates(mode, Map.of());
        Map<String, JsonNode> after = templates(mode, Map.of("rolloutRevision", "rotated"));

        assertThat(after.values()).isNotEmpty().doesNotContainAnyElementsOf(before.values());
    }

    /** A Job's pods cannot be changed: it is replaced, and skips what is published. */
    @Test
    void aJobOfTrainersIsReplaced() {
        assertThat(templates("standalone", Map.of("rolloutRevision", "rotated")).keySet())
                .doesNotContainAnyElementsOf(
                        templates("standalone", Map.of()).keySet().stream()
                                .filter(name -> name.startsWith("Job/"))
                                .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jobmanager", "taskmanager"})
    void flinkStartsAnewWithOtherSettings(String component) {
        String name = "StatefulSet/demo-longtail-" + component;

        for (Map<String, Object> change :
                List.<Map<String, Object>>of(
                        Map.of("flink.settings.refresh", 500),
                        Map.of("flink.configuration.rest\\.retry\\.delay", "5s"),
                        Map.of("flink.checkpointIntervalMs", 5000))) {
            assertThat(templates("standalone", change).get(name))
                    .as(change.toString())
                    .isNotEqualTo(templates("standalone", Map.of()).get(name));
        }
    }

    @Test
    void whatDoesNotConcernFlinkLeavesItAlone() {
        Map<String, Object> change =
                Map.of(
                        "trainers.parallelism", 2,
                        "dashboard.replicas", 2,
                        "metrics.podMonitor.enabled", true);

        assertThat(templates("standalone", change))
                .containsAllEntriesOf(templates("standalone", Map.of()));
    }

    /** Pod templates by the workload's kind and name, but for hooks, which always start anew. */
    private static Map<String, JsonNode> templates(String mode, Map<String, Object> change) {
        Map<String, JsonNode> templates = new TreeMap<>();
        for (PodView pod : PodView.all(Chart.render(Chart.mode(mode), change))) {
            String component = pod.labels().get("app.kubernetes.io/component");
            if (!component.equals("topics")) {
                // A Job is changed by its name.
                String name = pod.owner().startsWith("Job/") ? pod.owner() : "";
                templates.put(
                        pod.owner(), ((ObjectNode) pod.template().deepCopy()).put("job", name));
            }
        }
        return templates;
    }
}
