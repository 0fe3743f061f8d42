package dev.longtail.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A pod as some object describes it.
 *
 * @param owner title of the object, for messages
 * @param template the pod's metadata and spec
 * @param complete false where an operator fills in the rest (image, ports, resources)
 */
record PodView(String owner, JsonNode template, boolean complete) {

    /** The pods of one rendered object; none for most kinds, two for a FlinkDeployment. */
    static Stream<PodView> of(JsonNode object) {
        String title = Manifests.title(object);
        return switch (object.path("kind").asText()) {
            case "Deployment", "StatefulSet", "Job" ->
                    Stream.of(new PodView(title, object.at("/spec/template"), true));
            case "FlinkDeployment" ->
                    Stream.of("jobManager", "taskManager")
                            .map(
                                    role ->
                                            new PodView(
                                                    title + "/" + role,
                                                    object.at("/spec/" + role + "/podTemplate"),
                                                    false));
            default -> Stream.empty();
        };
    }

    static List<PodView> all(Manifests manifests) {
        return manifests.objects().stream().flatMap(PodView::of).toList();
    }

    JsonNode spec() {
        return template.path("spec");
    }

    Map<String, String> labels() {
        return texts(template.at("/metadata/labels"));
    }

    List<JsonNode> containers() {
        List<JsonNode> containers = new ArrayList<>();
        spec().path("initContainers").forEach(containers::add);
        spec().path("containers").forEach(containers::add);
        return containers;
    }

    /** All ports of all containers, by name. */
    Map<String, Integer> ports() {
        Map<String, Integer> ports = new TreeMap<>();
        for (JsonNode container : containers()) {
            container
                    .path("ports")
                    .forEach(
                            port ->
                                    ports.put(
                                            port.path("name").asText(),
                                            port.path("containerPort").asInt()));
        }
        return ports;
    }

    boolean matches(Map<String, String> selector) {
        return labels().entrySet().containsAll(selector.entrySet());
    }

    /** Every text found under a field of this name, at any depth. */
    static List<String> textsOf(JsonNode node, String field) {
        return node.findValues(field).stream()
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .toList();
    }

    static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
