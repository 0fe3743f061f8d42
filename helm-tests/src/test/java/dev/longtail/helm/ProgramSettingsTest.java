package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longtail.aggregator.command.JobCommand;
import dev.longtail.dashboard.DashboardCommand;
import dev.longtail.settings.UnknownSettings;
import dev.longtail.trials.TopicsCommand;
import dev.longtail.trials.TrainCommand;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The environment of every container consists of settings that its program has. */
class ProgramSettingsTest {

    static Stream<Path> modes() {
        return Chart.modes().stream();
    }

    @ParameterizedTest
    @MethodSource("modes")
    void programsKnowTheirSettings(Path values) {
        Manifests manifests = Chart.render(values);
        for (PodView pod : PodView.all(manifests)) {
            for (JsonNode container : pod.containers()) {
                command(container.path("name").asText())
                        .ifPresent(
                                command ->
                                        assertThat(
                                                        unknown(
                                                                environment(container, manifests),
                                                                command))
                                                .as(pod.owner())
                                                .isEmpty());
            }
        }
    }

    private static Iterable<String> unknown(Map<String, String> environment, Object command) {
        return UnknownSettings.in(environment, new CommandLine(command).getCommandSpec());
    }

    private static Optional<Object> command(String container) {
        return switch (container) {
            case "jobmanager", "taskmanager", "flink-main-container" ->
                    Optional.of(new JobCommand());
            case "trainer" -> Optional.of(new TrainCommand());
            case "dashboard" -> Optional.of(new DashboardCommand());
            case "topics" -> Optional.of(new TopicsCommand());
            case "fetch-data" -> Optional.empty();
            default -> throw new AssertionError("whose settings are those of " + container + "?");
        };
    }

    /** Variables with values, and those of ConfigMaps. */
    static Map<String, String> environment(JsonNode container, Manifests manifests) {
        Map<String, String> environment = new TreeMap<>();
        for (JsonNode from : container.path("envFrom")) {
            String map = from.at("/configMapRef/name").asText();
            if (!map.isEmpty()) {
                environment.putAll(PodView.texts(manifests.get("ConfigMap", map).path("data")));
            }
        }
        for (JsonNode variable : container.path("env")) {
            environment.put(variable.path("name").asText(), variable.path("value").asText());
        }
        return environment;
    }

    /** A secured Kafka is reached through a mounted file, by everyone who reaches it at all. */
    @Test
    void everyProgramReadsTheMountedKafkaSettings() {
        Manifests manifests = Chart.render(Chart.mode("secured"));
        for (PodView pod : PodView.all(manifests)) {
            for (JsonNode container : pod.spec().path("containers")) {
                assertThat(environment(container, manifests))
                        .as(pod.owner())
                        .containsEntry(
                                "LONGTAIL_KAFKA_CONFIG", "/etc/longtail/kafka/client.properties")
                        .containsEntry("LONGTAIL_BOOTSTRAP_SERVERS", "kafka.example.org:9093");
                assertThat(PodView.textsOf(container.path("volumeMounts"), "mountPath"))
                        .contains("/etc/longtail/kafka");
            }
        }
    }

    @Test
    void workersOfAJobAndOfASetKnowTheirShare() {
        assertThat(worker("standalone"))
                .isEqualTo(
                        "metadata.annotations['batch.kubernetes.io/job-completion-index'] of $(WORKER_INDEX)/4");
        assertThat(worker("strimzi-volume"))
                .isEqualTo("metadata.labels['apps.kubernetes.io/pod-index'] of $(WORKER_INDEX)/64");
    }

    private static String worker(String mode) {
        Manifests manifests = Chart.render(Chart.mode(mode));
        JsonNode container =
                PodView.all(manifests).stream()
                        .flatMap(pod -> pod.containers().stream())
                        .filter(c -> c.path("name").asText().equals("trainer"))
                        .findFirst()
                        .orElseThrow();
        return container.at("/env/0/valueFrom/fieldRef/fieldPath").asText()
                + " of "
                + environment(container, manifests).get("LONGTAIL_WORKER");
    }
}
