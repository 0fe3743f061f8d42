package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Only what must talk talks: every connection between pods that the policies let through. */
class NetworkPolicyTest {

    private static final String HERE = Chart.NAMESPACE;

    /** A pod that may call or be called. */
    private record Peer(String name, String namespace, Map<String, String> labels) {}

    private static final List<Peer> STRANGERS =
            List.of(
                    new Peer("stranger", HERE, Map.of("app", "other")),
                    new Peer(
                            "labelled",
                            HERE,
                            Map.of("longtail.dev/queryable-state-client", "true")),
                    new Peer(
                            "labelled elsewhere",
                            "other",
                            Map.of("longtail.dev/queryable-state-client", "true")),
                    new Peer("ingress", "ingress-nginx", Map.of("app", "nginx")),
                    new Peer("prometheus", "monitoring", Map.of("app", "prometheus")));

    @Test
    void exactlyTheseConnectionsAreOpenByDefault() {
        Manifests manifests = Chart.render(Chart.mode("standalone"));

        assertThat(connections(manifests))
                .containsExactlyInAnyOrder(
                        "dashboard > jobmanager 8081",
                        "dashboard > taskmanager 9069",
                        "jobmanager > taskmanager 6122",
                        "jobmanager > taskmanager 6126",
                        "labelled > jobmanager 8081",
                        "labelled > taskmanager 9069",
                        "taskmanager > jobmanager 6123",
                        "taskmanager > jobmanager 6124",
                        "taskmanager > taskmanager 6121",
                        "taskmanager > taskmanager 9067",
                        // From wherever somebody may watch and look; values narrow it down.
                        "ingress > dashboard 8080",
                        "ingress > jobmanager 9249",
                        "ingress > taskmanager 9249",
                        "labelled > dashboard 8080",
                        "labelled > jobmanager 9249",
                        "labelled > taskmanager 9249",
                        "labelled elsewhere > dashboard 8080",
                        "labelled elsewhere > jobmanager 9249",
                        "labelled elsewhere > taskmanager 9249",
                        "prometheus > dashboard 8080",
                        "prometheus > jobmanager 9249",
                        "prometheus > taskmanager 9249",
                        "stranger > dashboard 8080",
                        "stranger > jobmanager 9249",
                        "stranger > taskmanager 9249");
    }

    @Test
    void namedPeersAreTheOnlyOnesFromOutside() {
        Manifests manifests = Chart.render(Chart.mode("secured"));

        assertThat(connections(manifests))
                .filteredOn(c -> STRANGERS.stream().anyMatch(s -> c.startsWith(s.name() + " >")))
                .containsExactlyInAnyOrder(
                        "ingress > dashboard 8080",
                        "labelled > jobmanager 8081",
                        "labelled > taskmanager 9069",
                        "prometheus > jobmanager 9249",
                        "prometheus > taskmanager 9249");
    }

    /** Beyond the release: names, the brokers, the store of the checkpoints, and nothing else. */
    @Test
    void whatLeavesGoesToNamesBrokersAndStores() {
        Manifests manifests = Chart.render(Chart.mode("secured"));

        assertThat(outwards(manifests, "jobmanager")).containsExactly(53, 443, 9000, 9093, 9094);
        assertThat(outwards(manifests, "taskmanager")).containsExactly(53, 443, 9000, 9093, 9094);
        assertThat(outwards(manifests, "trainer")).containsExactly(53, 443, 9000, 9093, 9094);
        assertThat(outwards(manifests, "dashboard")).containsExactly(53, 9093, 9094);
        assertThat(outwards(manifests, "topics")).containsExactly(53, 9093, 9094);
    }

    /** Ports of rules that do not name a pod. */
    private static TreeSet<Integer> outwards(Manifests manifests, String component) {
        TreeSet<Integer> ports = new TreeSet<>();
        manifests
                .get("NetworkPolicy", "demo-longtail-" + component)
                .at("/spec/egress")
                .forEach(
                        rule -> {
                            if (rule.findValues("podSelector").isEmpty()) {
                                rule.findValues("port").forEach(port -> ports.add(port.asInt()));
                            }
                        });
        return ports;
    }

    /** All of {@code CALLER > CALLED PORT} that no policy stops; ports are those of containers. */
    private static List<String> connections(Manifests manifests) {
        List<PodView> pods = PodView.all(manifests);
        List<Peer> callers = new ArrayList<>(STRANGERS);
        pods.forEach(pod -> callers.add(peer(pod)));
        List<String> open = new ArrayList<>();
        for (Peer caller : callers) {
            for (PodView called : pods) {
                for (int port : called.ports().values()) {
                    if (passes(manifests, "egress", caller, peer(called), port)
                            && passes(manifests, "ingress", peer(called), caller, port)) {
                        open.add(caller.name() + " > " + peer(called).name() + " " + port);
                    }
                }
            }
        }
        return open;
    }

    private static Peer peer(PodView pod) {
        return new Peer(pod.labels().get("app.kubernetes.io/component"), HERE, pod.labels());
    }

    /** Whether a pod's own policies of one direction let the other one through. */
    private static boolean passes(
            Manifests manifests, String direction, Peer own, Peer other, int port) {
        List<JsonNode> policies =
                manifests
                        .ofKind("NetworkPolicy")
                        .filter(policy -> own.namespace().equals(HERE))
                        .filter(policy -> selects(policy.at("/spec/podSelector"), own.labels()))
                        .toList();
        return policies.isEmpty()
                || policies.stream()
                        .flatMap(policy -> PodView.elements(policy.at("/spec/" + direction)))
                        .filter(rule -> opens(rule.path("ports"), port))
                        .anyMatch(
                                rule ->
                                        names(
                                                rule.path(
                                                        direction.equals("egress") ? "to" : "from"),
                                                other));
    }

    private static boolean opens(JsonNode ports, int port) {
        return ports.isMissingNode()
                || PodView.elements(ports)
                        .anyMatch(
                                p ->
                                        p.path("protocol").asText().equals("TCP")
                                                && p.path("port").asInt() == port);
    }

    private static boolean names(JsonNode peers, Peer other) {
        return peers.isMissingNode()
                || PodView.elements(peers)
                        .anyMatch(
                                peer ->
                                        !peer.has("ipBlock")
                                                && inNamespace(peer, other)
                                                && selects(
                                                        peer.path("podSelector"), other.labels()));
    }

    private static boolean inNamespace(JsonNode peer, Peer other) {
        return peer.has("namespaceSelector")
                ? selects(
                        peer.path("namespaceSelector"),
                        Map.of("kubernetes.io/metadata.name", other.namespace()))
                : other.namespace().equals(HERE);
    }

    private static boolean selects(JsonNode selector, Map<String, String> labels) {
        return labels.entrySet()
                .containsAll(PodView.texts(selector.path("matchLabels")).entrySet());
    }
}
