package dev.longtail.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.TreeSet;

/** Whether an answer has the shape that the interface's description gives it. */
final class DocumentedShape {

    private DocumentedShape() {}

    static void conforms(JsonNode document, JsonNode schema, JsonNode value, String at) {
        JsonNode resolved =
                schema.has("$ref")
                        ? document.at(schema.path("$ref").asText().substring(1))
                        : schema.has("oneOf") ? firstOf(document, schema) : schema;
        if (value.isNull()) {
            return;
        }
        if (resolved.has("properties")) {
            TreeSet<String> documented = new TreeSet<>();
            resolved.path("properties").fieldNames().forEachRemaining(documented::add);
            TreeSet<String> found = new TreeSet<>();
            value.fieldNames().forEachRemaining(found::add);
            assertThat(found).as(at).containsAll(documented);
            resolved.path("properties")
                    .properties()
                    .forEach(
                            p ->
                                    conforms(
                                            document,
                                            p.getValue(),
                                            value.path(p.getKey()),
                                            at + "/" + p.getKey()));
        } else if (resolved.has("items") && !value.isEmpty()) {
            conforms(document, resolved.path("items"), value.get(0), at + "[0]");
        }
    }

    private static JsonNode firstOf(JsonNode document, JsonNode schema) {
        return document.at(schema.path("oneOf").get(0).path("$ref").asText().substring(1));
    }
}
