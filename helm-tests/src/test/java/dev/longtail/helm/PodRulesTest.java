package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubernetes.client.custom.Quantity;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of ours that Kubernetes does not know. */
class PodRulesTest {

    private static final Pattern DNS_LABEL = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern SECRET_NAME =
            Pattern.compile(
                    "(?i).*(password|passwd|secret|credential|jaas|api.?key|access.?key).*");

    static Stream<Path> modes() {
        return Chart.modes().stream();
    }

    @ParameterizedTest
    @MethodSource("modes")
    void podsAreRestricted(Path values) {
        for (PodView pod : PodView.all(Chart.render(values))) {
            JsonNode security = pod.spec().path("securityContext");
            assertThat(security.path("runAsNonRoot").asBoolean()).as(pod.owner()).isTrue();
            assertThat(security.path("runAsUser").asInt()).as(pod.owner()).isPositive();
            assertThat(security.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(pod.spec().path("hostNetwork").isMissingNode()).isTrue();
            assertThat(pod.spec().path("serviceAccountName").asText())
                    .as(pod.owner())
                    .isNotIn("", "default");
            for (JsonNode container : pod.containers()) {
                JsonNode own = container.path("securityContext");
                String as = pod.owner() + "/" + container.path("name").asText();
                assertThat(own.path("allowPrivilegeEscalation").asBoolean(true)).as(as).isFalse();
                assertThat(own.path("readOnlyRootFilesystem").asBoolean()).as(as).isTrue();
                assertThat(own.path("privileged").asBoolean(true)).as(as).isFalse();
                assertThat(own.at("/capabilities/drop/0").asText()).as(as).isEqualTo("ALL");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("modes")
    void onlyTheOperatorsPodsReachKubernetes(Path values) {
        for (PodView pod : PodView.all(Chart.render(values))) {
            assertThat(pod.spec().path("automountServiceAccountToken").asBoolean(true))
                    .as(pod.owner())
                    .isEqualTo(pod.owner().startsWith("FlinkDeployment"));
        }
    }

    @ParameterizedTest
    @MethodSource("modes")
    void containersStateTheirMemoryAndServersTheirProbes(Path values) {
        for (PodView pod : PodView.all(Chart.render(values))) {
            if (!pod.complete()) {
                continue;
            }
            for (JsonNode container : pod.containers()) {
                String as = pod.owner() + "/" + container.path("name").asText();
                assertThat(container.at("/resources/requests/cpu").isMissingNode())
                        .as(as)
                        .isFalse();
                assertThat(bytes(container.at("/resources/limits/memory")))
                        .as(as)
                        .isGreaterThanOrEqualTo(bytes(container.at("/resources/requests/memory")));
                if (!container.path("ports").isMissingNode()) {
                    assertThat(container.path("livenessProbe").isObject()).as(as).isTrue();
                    assertThat(container.path("readinessProbe").isObject()).as(as).isTrue();
                }
            }
        }
    }

    /**
     * Secrets are mounted files or come by secretRef; neither arguments nor ConfigMaps hold one.
     */
    @ParameterizedTest
    @MethodSource("modes")
    void noSecretLiesOpen(Path values) {
        Manifests manifests = Chart.render(values);
        for (PodView pod : PodView.all(manifests)) {
            for (JsonNode container : pod.containers()) {
                assertThat(PodView.elements(container.path("args")).map(JsonNode::asText))
                        .as(pod.owner())
                        .noneMatch(argument -> SECRET_NAME.matcher(argument).matches());
                container
                        .path("env")
                        .forEach(
                                variable -> {
                                    if (SECRET_NAME
                                            .matcher(variable.path("name").asText())
                                            .matches()) {
                                        assertThat(variable.has("value")).isFalse();
                                    }
                                });
            }
        }
        manifests
                .ofKind("ConfigMap")
                .forEach(
                        map ->
                                assertThat(PodView.texts(map.path("data")).keySet())
                                        .as(Manifests.title(map))
                                        .noneMatch(key -> SECRET_NAME.matcher(key).matches()));
        assertThat(manifests.ofKind("Secret")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("modes")
    void namesAreSafeForDns(Path values) {
        assertThat(Chart.render(values).objects())
                .extracting(Manifests::name)
                .allSatisfy(name -> assertThat(name).matches(DNS_LABEL));
    }

    /**
     * With room for what Kubernetes appends: "-0" to a StatefulSet's pod, "-12-abcde" to a Job's.
     */
    @ParameterizedTest
    @ValueSource(strings = {"a", "an-extraordinarily-long-name-of-a-release-x-of-53-charac"})
    void namesOfAnyReleaseAreShortEnough(String nameOverride) {
        Map<String, Object> more = Map.of("fullnameOverride", nameOverride);
        assertThat(Chart.render(Chart.mode("secured"), more).objects())
                .filteredOn(object -> PodView.of(object).findAny().isPresent())
                .extracting(Manifests::name)
                .allSatisfy(name -> assertThat(name).hasSizeLessThanOrEqualTo(63 - 10));
    }

    @Test
    void everyObjectCarriesTheCommonLabels() {
        assertThat(Chart.render(Chart.mode("secured")).objects())
                .allSatisfy(
                        object ->
                                assertThat(PodView.texts(object.at("/metadata/labels")))
                                        .as(Manifests.title(object))
                                        .containsEntry("team", "memorization")
                                        .containsEntry(
                                                "app.kubernetes.io/instance", Chart.RELEASE));
    }

    private static long bytes(JsonNode quantity) {
        return Quantity.fromString(quantity.asText()).getNumber().longValueExact();
    }
}
