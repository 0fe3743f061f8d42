package dev.longtail.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Kubernetes' own way to patch, which Helm uses: elements of some lists are merged by a key instead
 * of replacing the list.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/">Update
 *     API objects in place using kubectl patch</a>
 */
final class StrategicMerge {

    /** Keys by the list's field; a list of another name is replaced as a whole. */
    private static final Map<String, String> KEYS =
            Map.of(
                    "containers", "name",
                    "env", "name",
                    "imagePullSecrets", "name",
                    "initContainers", "name",
                    "volumeMounts", "mountPath",
                    "volumes", "name");

    private StrategicMerge() {}

    /** Changes an object as the patch says. */
    static void apply(ObjectNode object, JsonNode patch) {
        if (patch.path("$patch").asText().equals("replace")) {
            object.removeAll();
        }
        patch.properties()
                .forEach(
                        entry -> {
                            String name = entry.getKey();
                            JsonNode value = entry.getValue();
                            if (name.equals("$retainKeys")) {
                                object.retain(
                                        PodView.elements(value).map(JsonNode::asText).toList());
                            } else if (value.isNull()) {
                                object.remove(name);
                            } else if (!name.startsWith("$")) {
                                object.set(name, merged(name, object.get(name), value));
                            }
                        });
    }

    private static JsonNode merged(String name, JsonNode old, JsonNode patch) {
        if (patch.isObject()) {
            ObjectNode into =
                    old != null && old.isObject()
                            ? old.deepCopy()
                            : ((ObjectNode) patch).objectNode();
            apply(into, patch);
            return into;
        }
        String key = name.equals("ports") ? portKey(patch) : KEYS.get(name);
        return patch.isArray() && old != null && key != null
                ? mergedByKey(key, (ArrayNode) old, patch)
                : patch;
    }

    private static String portKey(JsonNode ports) {
        return ports.path(0).has("containerPort") ? "containerPort" : "port";
    }

    private static ArrayNode mergedByKey(String key, ArrayNode old, JsonNode patch) {
        ArrayNode merged = old.arrayNode();
        Set<JsonNode> patched = new HashSet<>();
        for (JsonNode element : patch) {
            patched.add(element.path(key));
            if (!element.path("$patch").asText().equals("delete")) {
                ObjectNode into =
                        withKey(old, key, element.path(key))
                                .findFirst()
                                .map(found -> (ObjectNode) found.deepCopy())
                                .orElseGet(old::objectNode);
                apply(into, element);
                merged.add(into);
            }
        }
        old.forEach(
                element -> {
                    if (!patched.contains(element.path(key))) {
                        merged.add(element);
                    }
                });
        return merged;
    }

    private static Stream<JsonNode> withKey(ArrayNode list, String key, JsonNode value) {
        return PodView.elements(list).filter(element -> element.path(key).equals(value));
    }
}
