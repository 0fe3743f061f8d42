package dev.longtail.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * Checks custom resources against the JSON schemas of their definitions: the Flink operator's is
 * the released one; the others' are not on Maven Central, so that the parts in use are written down
 * in this module's resources.
 */
final class CustomResources {

    private static final YAMLMapper YAML = new YAMLMapper();

    private static final Map<String, String> SCHEMAS =
            Map.of(
                    "FlinkDeployment", "/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml",
                    "KafkaTopic", "/schemas/kafkatopic-v1beta2.yaml",
                    "PodMonitor", "/schemas/podmonitor-v1.yaml",
                    "PrometheusRule", "/schemas/prometheusrule-v1.yaml");

    private CustomResources() {}

    /** What is wrong with the object; empty when nothing is. */
    static List<String> problems(JsonNode object) {
        Schema schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema(object.path("kind").asText()));
        return schema.validate(object).stream().map(Object::toString).toList();
    }

    /** The versions of Flink that the operator takes. */
    static List<String> flinkVersionsOfTheOperator() {
        JsonNode versions =
                definition("FlinkDeployment")
                        .at(
                                "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/flinkVersion/enum");
        return YAML.convertValue(
                versions, YAML.getTypeFactory().constructCollectionType(List.class, String.class));
    }

    /** The schema of a kind, closed: the API server would drop unknown fields, we refuse them. */
    private static JsonNode schema(String kind) {
        JsonNode definition = definition(kind);
        JsonNode schema = definition.at("/spec/versions/0/schema/openAPIV3Schema");
        ObjectNode root = (ObjectNode) (schema.isMissingNode() ? definition : schema);
        ObjectNode properties = (ObjectNode) root.path("properties");
        properties.putObject("apiVersion").put("type", "string");
        properties.putObject("kind").put("type", "string");
        properties.putObject("metadata").put("type", "object");
        close(root);
        return root;
    }

    private static JsonNode definition(String kind) {
        String path = SCHEMAS.get(kind);
        if (path == null) {
            throw new AssertionError("no schema for the kind " + kind);
        }
        try (InputStream file = CustomResources.class.getResourceAsStream(path)) {
            return YAML.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            boolean open =
                    object.has("additionalProperties")
                            || object.path("x-kubernetes-preserve-unknown-fields").asBoolean();
            if (object.path("properties").isObject() && !open) {
                object.put("additionalProperties", false);
            }
            if (object.path("x-kubernetes-int-or-string").asBoolean()) {
                object.remove("type");
            }
        }
        schema.forEach(CustomResources::close);
    }
}
