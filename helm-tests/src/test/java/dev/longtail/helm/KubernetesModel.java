package dev.longtail.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.JSON;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Kubernetes' own types as a strict check: an object must consist of fields that its type has, hold
 * those that the type requires, and survive reading and writing unchanged, so that a text where a
 * number belongs, or the other way round, is found.
 */
final class KubernetesModel {

    private static final Map<String, String> PREFIXES =
            Map.of(
                    "v1", "V1",
                    "apps/v1", "V1",
                    "batch/v1", "V1",
                    "policy/v1", "V1",
                    "networking.k8s.io/v1", "V1",
                    "rbac.authorization.k8s.io/v1", "V1");

    private KubernetesModel() {}

    /** Whether the object is of a type that Kubernetes itself defines. */
    static boolean knows(JsonNode object) {
        return PREFIXES.containsKey(object.path("apiVersion").asText());
    }

    /** What is wrong with the object; empty when nothing is. */
    static List<String> problems(JsonNode object) {
        return problems(object, object.path("kind").asText());
    }

    /** The same for a part of an object whose type has another name than its kind. */
    static List<String> problems(JsonNode object, String type) {
        JsonElement written = JsonParser.parseString(object.toString());
        try {
            Class<?> model = Class.forName("io.kubernetes.client.openapi.models.V1" + type);
            model.getMethod("validateJsonElement", JsonElement.class).invoke(null, written);
            Object read = JSON.deserialize(written.toString(), model);
            List<String> problems = new ArrayList<>();
            compare("", written, JsonParser.parseString(JSON.serialize(read)), problems);
            return problems;
        } catch (InvocationTargetException e) {
            return List.of(String.valueOf(e.getCause().getMessage()));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("Kubernetes has no type " + type, e);
        } catch (RuntimeException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private static void compare(
            String path, JsonElement written, JsonElement read, List<String> problems) {
        if (written.isJsonObject() && read != null && read.isJsonObject()) {
            JsonObject left = written.getAsJsonObject();
            JsonObject right = read.getAsJsonObject();
            for (String key : new TreeSet<>(left.keySet())) {
                if (left.get(key).isJsonNull()) {
                    problems.add(path + "." + key + " is null");
                } else {
                    compare(path + "." + key, left.get(key), right.get(key), problems);
                }
            }
        } else if (written.isJsonArray() && read != null && read.isJsonArray()) {
            for (int i = 0; i < written.getAsJsonArray().size(); i++) {
                compare(
                        path + "[" + i + "]",
                        written.getAsJsonArray().get(i),
                        read.getAsJsonArray().get(i),
                        problems);
            }
        } else if (!same(path, written, read)) {
            problems.add(path + ": written as " + written + ", understood as " + read);
        }
    }

    private static boolean same(String path, JsonElement written, JsonElement read) {
        if (written.equals(read)) {
            return true;
        }
        boolean emptyList = written.isJsonArray() && written.getAsJsonArray().isEmpty();
        if (read == null) {
            return emptyList || written.equals(new JsonObject());
        }
        return path.matches(".*\\.(requests|limits|sizeLimit)(\\..*)?")
                && quantity(written).equals(quantity(read));
    }

    private static Quantity quantity(JsonElement element) {
        JsonPrimitive text = element.getAsJsonPrimitive();
        return Quantity.fromString(text.getAsString());
    }
}
