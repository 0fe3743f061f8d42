package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.Release;
import com.marcnuri.helm.UpgradeCommand;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Install, upgrade and uninstall against a server that keeps objects as Kubernetes does. */
@Timeout(120)
class ReleaseLifeTest {

    /** Hooks would wait for a pod that this server never runs. */
    private static final Map<String, Object> NO_HOOKS = Map.of("kafka.topics.mode", "none");

    @TempDir Path dir;
    private MockCluster cluster;
    private KubernetesClient client;
    private Path kubeConfig;

    @BeforeEach
    void startCluster() throws IOException {
        cluster = MockCluster.start();
        client = cluster.client();
        kubeConfig = cluster.kubeConfig(dir);
    }

    @AfterEach
    void stopCluster() {
        cluster.close();
    }

    @Test
    void installsUpgradesAndUninstalls() {
        Release installed = install(Chart.mode("standalone"));
        String firstJob = trainers().get(0).getMetadata().getName();

        assertThat(installed.getStatus()).isEqualTo("deployed");
        assertThat(taskManagers().getSpec().getReplicas()).isEqualTo(2);
        assertThat(trainers()).hasSize(1);

        Release upgraded =
                upgrade(
                        Map.of(
                                "flink.taskManager.replicas", 3,
                                "flink.parallelism", 3,
                                "trainers.parallelism", 2));

        assertThat(upgraded.getRevision()).isEqualTo("2");
        assertThat(taskManagers().getSpec().getReplicas()).isEqualTo(3);
        assertThat(trainers()).singleElement().satisfies(this::isScaledInPlace);
        assertThat(trainers().get(0).getMetadata().getName()).isEqualTo(firstJob);

        uninstall();

        assertThat(left()).isEmpty();
    }

    private void isScaledInPlace(Job job) {
        assertThat(job.getSpec().getParallelism()).isEqualTo(2);
        assertThat(job.getSpec().getCompletions()).isEqualTo(4);
    }

    /** A Job's pods are immutable: new settings must make a new Job and remove the old one. */
    @Test
    void otherSettingsOfTrainersReplaceTheirJob() {
        install(Chart.mode("standalone"));
        String first = trainers().get(0).getMetadata().getName();

        upgrade(Map.of("trainers.trials", "0..7999"));

        assertThat(trainers())
                .singleElement()
                .satisfies(job -> assertThat(job.getMetadata().getName()).isNotEqualTo(first));
    }

    /** Uninstalling a release must not delete the counts of weeks of training. */
    @Test
    void theClaimWithTheStateOutlivesTheRelease() {
        install(Chart.mode("strimzi-volume"));
        uninstall();

        assertThat(left())
                .singleElement()
                .isInstanceOf(PersistentVolumeClaim.class)
                .satisfies(
                        claim ->
                                assertThat(claim.getMetadata().getName())
                                        .isEqualTo("tail-storage"));
    }

    private Release install(Path values) {
        InstallCommand command =
                new Helm(Chart.DIRECTORY)
                        .install()
                        .withName(Chart.RELEASE)
                        .withNamespace(Chart.NAMESPACE)
                        .withKubeConfig(kubeConfig)
                        .withKubeVersion(Chart.KUBERNETES)
                        .disableOpenApiValidation()
                        .withValuesFile(values);
        NO_HOOKS.forEach(command::set);
        return command.call();
    }

    /** Replaces objects as a whole: the server does not take the patches that Helm makes. */
    private Release upgrade(Map<String, Object> values) {
        UpgradeCommand command =
                new Helm(Chart.DIRECTORY)
                        .upgrade()
                        .withName(Chart.RELEASE)
                        .withNamespace(Chart.NAMESPACE)
                        .withKubeConfig(kubeConfig)
                        .withKubeVersion(Chart.KUBERNETES)
                        .disableOpenApiValidation()
                        .reuseValues()
                        .force();
        values.forEach(command::set);
        return command.call();
    }

    private void uninstall() {
        Helm.uninstall(Chart.RELEASE)
                .withNamespace(Chart.NAMESPACE)
                .withKubeConfig(kubeConfig)
                .call();
    }

    private StatefulSet taskManagers() {
        return client.apps()
                .statefulSets()
                .inNamespace(Chart.NAMESPACE)
                .withName("demo-longtail-taskmanager")
                .get();
    }

    private List<Job> trainers() {
        return client.batch().v1().jobs().inNamespace(Chart.NAMESPACE).list().getItems();
    }

    /** Everything that remains in the namespace. */
    private List<HasMetadata> left() {
        String in = Chart.NAMESPACE;
        return Stream.<List<? extends HasMetadata>>of(
                        client.configMaps().inNamespace(in).list().getItems(),
                        client.secrets().inNamespace(in).list().getItems(),
                        client.services().inNamespace(in).list().getItems(),
                        client.serviceAccounts().inNamespace(in).list().getItems(),
                        client.persistentVolumeClaims().inNamespace(in).list().getItems(),
                        client.apps().deployments().inNamespace(in).list().getItems(),
                        client.apps().statefulSets().inNamespace(in).list().getItems(),
                        client.batch().v1().jobs().inNamespace(in).list().getItems(),
                        client.network().v1().networkPolicies().inNamespace(in).list().getItems(),
                        client.policy()
                                .v1()
                                .podDisruptionBudget()
                                .inNamespace(in)
                                .list()
                                .getItems())
                .<HasMetadata>flatMap(List::stream)
                .toList();
    }
}
