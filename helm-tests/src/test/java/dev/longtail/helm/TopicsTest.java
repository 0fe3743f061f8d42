package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.TopicPlan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Strimzi's topics are those that the programs themselves would create. */
class TopicsTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "60000, 10000", "50001, 10007", "1281167, 50000", "2000000000, 100000000"})
    void strimziTopicsAreAsPlanned(int trainSize, int testSize) {
        Manifests manifests =
                Chart.render(
                        Chart.mode("strimzi-volume"),
                        Map.of(
                                "experiment.trainSize", trainSize,
                                "experiment.testSize", testSize,
                                "kafka.topics.trialPartitions", 12));
        List<JsonNode> topics = manifests.ofKind("KafkaTopic").toList();

        for (TopicPlan plan : plans("imagenet", 12, trainSize, testSize)) {
            JsonNode topic =
                    topics.stream()
                            .filter(t -> t.at("/spec/topicName").asText().equals(plan.name()))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError("no topic " + plan.name()));
            Map<String, String> expected = new TreeMap<>(plan.configuration());
            expected.put("min.insync.replicas", "2");
            assertThat(PodView.texts(topic.at("/spec/config"))).as(plan.name()).isEqualTo(expected);
            assertThat(topic.at("/spec/partitions").asInt()).isEqualTo(plan.partitions());
            assertThat(topic.at("/spec/replicas").asInt()).isEqualTo(3);
        }
        assertThat(topics).hasSize(9);
    }

    private static List<TopicPlan> plans(String name, int partitions, int n, int tests) {
        ExperimentTopics topics = ExperimentTopics.of(name);
        return Stream.concat(
                        TopicPlan.inputs(topics, partitions, n, tests).stream(),
                        TopicPlan.outputs(topics).stream())
                .toList();
    }

    /** What a hook needs must be a hook as well, and come earlier. */
    @Test
    void theHookNeedsNothingThatIsInstalledLater() {
        Manifests manifests = Chart.render(Chart.mode("secured"));
        JsonNode job = manifests.get("Job", "demo-longtail-topics");
        Set<String> hooks =
                manifests.objects().stream()
                        .filter(object -> !hook(object).isEmpty())
                        .map(Manifests::title)
                        .collect(Collectors.toSet());

        assertThat(hook(job)).isEqualTo("pre-install,pre-upgrade");
        assertThat(hooks)
                .containsExactlyInAnyOrder(
                        "Job/demo-longtail-topics",
                        "NetworkPolicy/demo-longtail-topics",
                        "ServiceAccount/demo-longtail-topics");
        assertThat(job.findValues("configMapRef")).isEmpty();
    }

    private static String hook(JsonNode object) {
        return PodView.texts(object.at("/metadata/annotations")).getOrDefault(ChartCopy.HOOK, "");
    }
}
