package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong values are refused: their form by the schema, what does not fit together all at once. */
class ValuesTest {

    @Test
    void everyValueHasASchema() throws IOException {
        JsonNode schema =
                new ObjectMapper().readTree(Chart.DIRECTORY.resolve("values.schema.json").toFile());
        JsonNode values =
                new YAMLMapper().readTree(Chart.DIRECTORY.resolve("values.yaml").toFile());
        SoftAssertions softly = new SoftAssertions();

        requireSchema("", values, schema, schema, softly);

        softly.assertAll();
    }

    private static void requireSchema(
            String path, JsonNode value, JsonNode schema, JsonNode root, SoftAssertions softly) {
        JsonNode own =
                schema.has("$ref") ? root.at(schema.path("$ref").asText().substring(1)) : schema;
        softly.assertThat(own.isMissingNode()).as("schema of " + path).isFalse();
        if (!own.path("properties").isObject()) {
            return;
        }
        softly.assertThat(own.path("additionalProperties").asBoolean(true))
                .as(path + " must refuse unknown values")
                .isFalse();
        value.properties()
                .forEach(
                        entry ->
                                requireSchema(
                                        path + "." + entry.getKey(),
                                        entry.getValue(),
                                        own.path("properties").path(entry.getKey()),
                                        root,
                                        softly));
    }

    @ParameterizedTest
    @CsvSource({
        "flink.mode, yarn",
        "flink.parallelism, 0",
        "flink.parallelism, 129",
        "flink.unknown, 1",
        "flink.restoreFrom, newest-please",
        "unknown, 1",
        "kafka.bootstrapServers, broker-without-a-port",
        "experiment.name, With Spaces",
        "trainers.trials, all",
        "trainers.resources.limits.memory, 4Gb",
        "flink.settings.BAD_NAME, 1",
        "podSecurity.runAsUser, 0",
        "dashboard.service.port, 70000",
        "storage.kind, hdfs",
        "networkPolicy.kafkaPorts[0], none",
    })
    void theSchemaRefuses(String path, String value) {
        Map<String, Object> wrong = Map.of(path, value);

        assertThatThrownBy(() -> Chart.render(Chart.mode("standalone"), wrong))
                .hasMessageContaining("schema");
    }

    /** One message with every mistake, so that nobody fixes them one upgrade at a time. */
    @Test
    void oneMessageListsEveryMistake() {
        Map<String, Object> wrong = new TreeMap<>();
        wrong.put("experiment.name", "");
        wrong.put("experiment.trainSize", 0);
        wrong.put("kafka.bootstrapServers", "");
        wrong.put("kafka.topics.mode", "strimzi");
        wrong.put("kafka.topics.replicationFactor", 1);
        wrong.put("storage.s3.uri", "file:///nowhere");
        wrong.put("flink.parallelism", 3);
        wrong.put("flink.taskManager.managedPercent", 90);
        wrong.put("flink.operator.autoscaler.enabled", true);
        wrong.put("flink.configuration.env\\.java\\.opts\\.all", "-Xint");
        wrong.put("flink.configuration.s3\\.secret-key", "hunter2");
        wrong.put("flink.settings.checkpoint-dir", "/elsewhere");
        wrong.put("trainers.parallelism", 5);
        wrong.put("trainers.data.existingClaim", "data");
        wrong.put("trainers.data.fetch.image", "fetch:1");
        wrong.put("dashboard.ingress.enabled", true);

        assertThatThrownBy(() -> Chart.render(Chart.mode("standalone"), wrong))
                .hasMessageContainingAll(
                        "16 mistake(s)",
                        "- experiment.name: expected",
                        "- kafka.bootstrapServers: expected",
                        "- experiment.trainSize, experiment.testSize: expected both from 1, found 0 and 1000",
                        "- kafka.topics.strimzi.cluster: expected",
                        "- kafka.topics.minInsyncReplicas: expected at most replicationFactor=1, found 2",
                        "- storage.s3.uri: expected s3://bucket/path, found 'file:///nowhere'",
                        "- flink.parallelism: expected at most flink.taskManager.replicas x slots = 2, found 3",
                        "- flink.taskManager.memoryMiB: expected at least 128 MiB of heap",
                        "- flink.operator.autoscaler.enabled: expected false",
                        "- flink.configuration.env.java.opts.all: expected nothing",
                        "- flink.configuration.s3.secret-key: expected no secret",
                        "- flink.settings.checkpoint-dir: expected nothing",
                        "- trainers.parallelism: expected at most trainers.workers=4, found 5",
                        "- trainers.data: expected existingClaim or fetch.image, found both",
                        "- dashboard.ingress.host: expected a host name",
                        "- dashboard.token.existingSecret: expected a Secret");
    }

    /** The message names the setting, not what somebody was about to publish. */
    @Test
    void aSecretIsNotRepeated() {
        Map<String, Object> secret = Map.of("flink.configuration.s3\\.secret-key", "hunter2");

        assertThatThrownBy(() -> Chart.render(Chart.mode("standalone"), secret))
                .hasMessageContaining("- flink.configuration.s3.secret-key: expected no secret")
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void theOperatorCannotCountAnewByAPath() {
        assertThatThrownBy(
                        () ->
                                Chart.render(
                                        Chart.mode("operator"),
                                        Map.of("flink.restoreFrom", "anew")))
                .hasMessageContaining("flink.operator.upgradeMode=stateless");
    }

    @Test
    void validValuesHaveNoMistakes() {
        assertThat(Chart.modes()).allSatisfy(mode -> assertThat(Chart.render(mode)).isNotNull());
    }
}
