package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one object names in another is there. */
class ReferencesTest {

    static Stream<Path> modes() {
        return Chart.modes().stream();
    }

    @ParameterizedTest
    @MethodSource("modes")
    void selectorsFindPods(Path values) {
        Manifests manifests = Chart.render(values);
        List<PodView> pods = PodView.all(manifests);

        for (JsonNode object : manifests.objects()) {
            for (String path : selectorPaths(object)) {
                Map<String, String> selector = PodView.texts(object.at(path));
                assertThat(selector).as(Manifests.title(object)).isNotEmpty();
                assertThat(pods)
                        .as(Manifests.title(object) + " selects " + selector)
                        .anyMatch(pod -> pod.matches(selector));
            }
        }
    }

    /** A workload's selector must find its own pods and nobody else's. */
    @ParameterizedTest
    @MethodSource("modes")
    void workloadsSelectTheirOwnPodsOnly(Path values) {
        Manifests manifests = Chart.render(values);
        List<PodView> pods = PodView.all(manifests);

        for (JsonNode object : manifests.objects()) {
            JsonNode selector = object.at("/spec/selector/matchLabels");
            if (!selector.isMissingNode() && object.at("/spec/template").isObject()) {
                assertThat(pods)
                        .filteredOn(pod -> pod.matches(PodView.texts(selector)))
                        .extracting(PodView::owner)
                        .containsExactly(Manifests.title(object));
            }
        }
    }

    private static List<String> selectorPaths(JsonNode object) {
        return switch (object.path("kind").asText()) {
            case "Deployment", "StatefulSet", "PodDisruptionBudget", "PodMonitor" ->
                    List.of("/spec/selector/matchLabels");
            case "NetworkPolicy" -> List.of("/spec/podSelector/matchLabels");
            case "Service" -> List.of("/spec/selector");
            default -> List.of();
        };
    }

    @ParameterizedTest
    @MethodSource("modes")
    void portsExist(Path values) {
        Manifests manifests = Chart.render(values);
        List<PodView> pods = PodView.all(manifests);

        manifests
                .ofKind("Service")
                .forEach(
                        service -> {
                            Map<String, String> selector =
                                    PodView.texts(service.at("/spec/selector"));
                            PodView pod =
                                    pods.stream()
                                            .filter(p -> p.matches(selector))
                                            .findFirst()
                                            .get();
                            assertThat(PodView.textsOf(service, "targetPort"))
                                    .as(Manifests.title(service))
                                    .allSatisfy(port -> assertThat(pod.ports()).containsKey(port));
                        });
        for (PodView pod : pods) {
            for (JsonNode container : pod.containers()) {
                for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
                    assertThat(PodView.textsOf(container.path(probe), "port"))
                            .as(pod.owner() + " " + probe)
                            .allSatisfy(port -> assertThat(pod.ports()).containsKey(port));
                }
            }
        }
    }

    /** A policy that opens a port on which nobody listens is a mistake in one of the two. */
    @ParameterizedTest
    @MethodSource("modes")
    void policiesOpenPortsThatPodsHave(Path values) {
        Manifests manifests = Chart.render(values);

        for (PodView pod : PodView.all(manifests)) {
            manifests
                    .ofKind("NetworkPolicy")
                    .filter(
                            policy ->
                                    pod.complete()
                                            && pod.matches(
                                                    PodView.texts(
                                                            policy.at(
                                                                    "/spec/podSelector/matchLabels"))))
                    .forEach(
                            policy ->
                                    assertThat(policy.at("/spec/ingress").findValues("port"))
                                            .as(Manifests.title(policy))
                                            .allSatisfy(
                                                    port ->
                                                            assertThat(pod.ports())
                                                                    .containsValue(port.asInt())));
        }
    }

    @ParameterizedTest
    @MethodSource("modes")
    void referencedObjectsExist(Path values) throws IOException {
        Manifests manifests = Chart.render(values);
        JsonNode given = new YAMLMapper().readTree(values.toFile());
        Set<String> theUsers = new HashSet<>(PodView.textsOf(given, "existingSecret"));
        theUsers.addAll(PodView.textsOf(given, "credentialsSecret"));
        theUsers.addAll(PodView.textsOf(given, "tlsSecret"));
        theUsers.addAll(PodView.textsOf(given, "existingClaim"));
        theUsers.addAll(PodView.textsOf(given.path("imagePullSecrets"), "name"));
        boolean accounts = given.at("/serviceAccounts/create").asBoolean(true);

        for (PodView pod : PodView.all(manifests)) {
            assertThat(secretsOf(pod.spec())).as(pod.owner()).isSubsetOf(theUsers);
            assertThat(configMapsOf(pod.spec()))
                    .as(pod.owner())
                    .allSatisfy(name -> assertThat(manifests.find("ConfigMap", name)).isPresent());
            assertThat(PodView.textsOf(pod.spec(), "claimName"))
                    .as(pod.owner())
                    .allSatisfy(
                            name ->
                                    assertThat(
                                                    theUsers.contains(name)
                                                            || manifests
                                                                    .find(
                                                                            "PersistentVolumeClaim",
                                                                            name)
                                                                    .isPresent())
                                            .isTrue());
            if (accounts) {
                String account = pod.spec().path("serviceAccountName").asText();
                assertThat(manifests.find("ServiceAccount", account)).as(pod.owner()).isPresent();
            }
        }
        manifests
                .ofKind("StatefulSet")
                .forEach(
                        set ->
                                assertThat(
                                                manifests.find(
                                                        "Service",
                                                        set.at("/spec/serviceName").asText()))
                                        .as(Manifests.title(set))
                                        .isPresent());
    }

    private static Set<String> secretsOf(JsonNode pod) {
        Set<String> names = new HashSet<>(PodView.textsOf(pod, "secretName"));
        for (String field : List.of("secretRef", "secretKeyRef", "imagePullSecrets")) {
            pod.findValues(field).forEach(found -> names.addAll(PodView.textsOf(found, "name")));
        }
        return names;
    }

    private static Set<String> configMapsOf(JsonNode pod) {
        Set<String> names = new HashSet<>();
        for (String field : List.of("configMap", "configMapRef", "configMapKeyRef")) {
            pod.findValues(field).forEach(found -> names.addAll(PodView.textsOf(found, "name")));
        }
        return names;
    }

    @ParameterizedTest
    @MethodSource("modes")
    void volumesAndMountsFit(Path values) {
        for (PodView pod : PodView.all(Chart.render(values))) {
            Set<String> volumes = new HashSet<>();
            pod.spec().path("volumes").forEach(v -> volumes.add(v.path("name").asText()));
            Set<String> mounted = new HashSet<>();
            pod.spec()
                    .findValues("volumeMounts")
                    .forEach(mounts -> mounts.forEach(m -> mounted.add(m.path("name").asText())));

            assertThat(mounted).as(pod.owner()).isEqualTo(volumes);
        }
    }
}
