package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same life against Kubernetes' own API server, which validates every field. Its programs
 * (kube-apiserver, etcd, kubectl) must lie in the directory that {@code KUBE_API_TEST_DIR} names,
 * as {@code setup-envtest} puts them there; nothing is downloaded.
 */
@EnabledIfEnvironmentVariable(
        named = "KUBE_API_TEST_DIR",
        matches = ".+",
        disabledReason = "KUBE_API_TEST_DIR does not say where kube-apiserver and etcd are")
class RealApiServerITCase {

    @TempDir Path dir;

    @Test
    void installsUpgradesAndUninstalls() throws Exception {
        KubeAPIServer server =
                new KubeAPIServer(
                        KubeAPIServerConfigBuilder.anAPIServerConfig()
                                .withTestDir(System.getenv("KUBE_API_TEST_DIR"))
                                .withOfflineMode(true)
                                .withUpdateKubeConfig(false)
                                .build());
        server.start();
        try (KubernetesClient client =
                new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(server.getKubeConfigYaml()))
                        .build()) {
            Path kubeConfig =
                    Files.writeString(dir.resolve("kubeconfig"), server.getKubeConfigYaml());
            client.resource(
                            new NamespaceBuilder()
                                    .withNewMetadata()
                                    .withName(Chart.NAMESPACE)
                                    .endMetadata()
                                    .build())
                    .create();
            TestRelease release = new TestRelease(client, kubeConfig);

            release.install(Chart.mode("standalone"));
            release.upgrade(Map.of("flink.taskManager.replicas", 3, "trainers.parallelism", 2));

            assertThat(release.taskManagers().getSpec().getReplicas()).isEqualTo(3);
            assertThat(release.trainers())
                    .singleElement()
                    .satisfies(job -> assertThat(job.getSpec().getParallelism()).isEqualTo(2));

            release.uninstall();
            assertThat(release.trainers()).isEmpty();
        } finally {
            server.stop();
        }
    }
}
