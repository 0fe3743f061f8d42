package dev.longtail.helm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * fabric8's server that stores objects as Kubernetes does, with what Helm asks beside that: the
 * version, and which kinds there are. It runs no controllers, so no pod ever starts.
 */
final class MockCluster implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Kinds by group and version, as {@code Kind:plural}. */
    private static final Map<String, List<String>> KINDS =
            Map.of(
                    "v1",
                    List.of(
                            "ConfigMap:configmaps",
                            "Secret:secrets",
                            "Service:services",
                            "ServiceAccount:serviceaccounts",
                            "PersistentVolumeClaim:persistentvolumeclaims",
                            "Namespace:namespaces",
                            "Pod:pods"),
                    "apps/v1",
                    List.of("Deployment:deployments", "StatefulSet:statefulsets"),
                    "batch/v1",
                    List.of("Job:jobs", "CronJob:cronjobs"),
                    "networking.k8s.io/v1",
                    List.of("NetworkPolicy:networkpolicies", "Ingress:ingresses"),
                    "policy/v1",
                    List.of("PodDisruptionBudget:poddisruptionbudgets"),
                    "rbac.authorization.k8s.io/v1",
                    List.of("Role:roles", "RoleBinding:rolebindings"),
                    "flink.apache.org/v1beta1",
                    List.of("FlinkDeployment:flinkdeployments"));

    /** Says every request; kept, as loggers are forgotten when nobody holds them. */
    private static final Logger TALK = Logger.getLogger("io.fabric8.mockwebserver");

    static {
        TALK.setLevel(Level.WARNING);
    }

    private final KubernetesMockServer server;
    private final KubernetesClient client;

    private MockCluster(KubernetesMockServer server) {
        this.server = server;
        this.client = server.createClient();
    }

    static MockCluster start() {
        Map<ServerRequest, Queue<ServerResponse>> responses = new HashMap<>();
        KubernetesMockServer server =
                new KubernetesMockServer(
                        new Context(),
                        new MockWebServer(),
                        responses,
                        new PatchedObjects(
                                new ReleaseSecrets(new KubernetesMixedDispatcher(responses))),
                        false);
        server.init(InetAddress.getLoopbackAddress(), 0);
        answer(
                server,
                "/version",
                JSON.createObjectNode().put("gitVersion", "v" + Chart.KUBERNETES));
        ArrayNode versions = JSON.createArrayNode().add("v1");
        answer(
                server,
                "/api",
                JSON.createObjectNode().put("kind", "APIVersions").set("versions", versions));
        ObjectNode groups = JSON.createObjectNode().put("kind", "APIGroupList");
        ArrayNode list = groups.putArray("groups");
        KINDS.forEach(
                (groupVersion, kinds) -> {
                    if (groupVersion.contains("/")) {
                        list.add(group(groupVersion));
                    }
                    String root = groupVersion.contains("/") ? "/apis/" : "/api/";
                    answer(server, root + groupVersion, resources(groupVersion, kinds));
                });
        answer(server, "/apis", groups);
        return new MockCluster(server);
    }

    private static ObjectNode group(String groupVersion) {
        String[] names = groupVersion.split("/");
        ObjectNode version = JSON.createObjectNode();
        version.put("groupVersion", groupVersion).put("version", names[1]);
        ObjectNode group = JSON.createObjectNode().put("name", names[0]);
        group.putArray("versions").add(version);
        group.set("preferredVersion", version);
        return group;
    }

    private static ObjectNode resources(String groupVersion, List<String> kinds) {
        ObjectNode list = JSON.createObjectNode().put("kind", "APIResourceList");
        list.put("groupVersion", groupVersion);
        ArrayNode resources = list.putArray("resources");
        for (String kind : kinds) {
            String[] names = kind.split(":");
            ObjectNode resource = resources.addObject();
            resource.put("name", names[1]).put("kind", names[0]);
            resource.put("namespaced", !names[0].equals("Namespace"));
            ArrayNode verbs = resource.putArray("verbs");
            Arrays.asList("create", "delete", "get", "list", "patch", "update", "watch")
                    .forEach(verbs::add);
        }
        return list;
    }

    private static void answer(KubernetesMockServer server, String path, Object body) {
        for (String asked : List.of(path, path + "?timeout=32s")) {
            server.expect().get().withPath(asked).andReturn(200, body.toString()).always();
        }
    }

    KubernetesClient client() {
        return client;
    }

    /** Writes the file by which Helm finds this server. */
    Path kubeConfig(Path dir) throws IOException {
        return Files.writeString(
                dir.resolve("kubeconfig"),
                """
                apiVersion: v1
                kind: Config
                clusters: [{name: mock, cluster: {server: '%s'}}]
                contexts: [{name: mock, context: {cluster: mock, user: mock}}]
                current-context: mock
                users: [{name: mock, user: {token: mock}}]
                """
                        .formatted(client.getMasterUrl()));
    }

    @Override
    public void close() {
        client.close();
        server.destroy();
    }
}
