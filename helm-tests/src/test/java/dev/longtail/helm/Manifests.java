package dev.longtail.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rendered objects, in the order of the chart's output. */
record Manifests(List<JsonNode> objects) {

    private static final YAMLMapper YAML = new YAMLMapper();

    static Manifests parse(String documents) {
        try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(documents)) {
            return new Manifests(
                    values.readAll().stream().filter(node -> node.isObject()).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(documents, e);
        }
    }

    Stream<JsonNode> ofKind(String kind) {
        return objects.stream().filter(object -> object.path("kind").asText().equals(kind));
    }

    Optional<JsonNode> find(String kind, String name) {
        return ofKind(kind).filter(object -> name(object).equals(name)).findFirst();
    }

    JsonNode get(String kind, String name) {
        return find(kind, name)
                .orElseThrow(
                        () ->
                                new AssertionError(
                                        "no %s %s among %s"
                                                .formatted(
                                                        kind,
                                                        name,
                                                        objects.stream()
                                                                .map(Manifests::title)
                                                                .toList())));
    }

    static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    /** Kind and name, for messages. */
    static String title(JsonNode object) {
        return object.path("kind").asText() + "/" + name(object);
    }
}
