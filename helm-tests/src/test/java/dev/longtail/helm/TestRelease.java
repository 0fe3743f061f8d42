package dev.longtail.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.Release;
import com.marcnuri.helm.UpgradeCommand;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A release of the chart on some server of Kubernetes' API, and what is there of it. */
record TestRelease(KubernetesClient client, Path kubeConfig) {

    Release install(Path values) {
        return install(values, Map.of());
    }

    Release install(Path values, Map<String, Object> more) {
        InstallCommand command =
                new Helm(Chart.DIRECTORY)
                        .install()
                        .withName(Chart.RELEASE)
                        .withNamespace(Chart.NAMESPACE)
                        .withKubeConfig(kubeConfig)
                        .withKubeVersion(Chart.KUBERNETES)
                        .disableOpenApiValidation()
                        .withValuesFile(values);
        // Hooks would wait for a pod, and neither server runs any.
        command.set("kafka.topics.mode", "none");
        more.forEach(command::set);
        return command.call();
    }

    Release upgrade(Map<String, Object> values) {
        UpgradeCommand command =
                new Helm(Chart.DIRECTORY)
                        .upgrade()
                        .withName(Chart.RELEASE)
                        .withNamespace(Chart.NAMESPACE)
                        .withKubeConfig(kubeConfig)
                        .withKubeVersion(Chart.KUBERNETES)
                        .disableOpenApiValidation()
                        .reuseValues();
        values.forEach(command::set);
        return command.call();
    }

    void uninstall() {
        Helm.uninstall(Chart.RELEASE)
                .withNamespace(Chart.NAMESPACE)
                .withKubeConfig(kubeConfig)
                .call();
    }

    StatefulSet taskManagers() {
        return client.apps()
                .statefulSets()
                .inNamespace(Chart.NAMESPACE)
                .withName("demo-longtail-taskmanager")
                .get();
    }

    List<Job> trainers() {
        return client.batch().v1().jobs().inNamespace(Chart.NAMESPACE).list().getItems();
    }

    /** Everything that remains in the namespace. */
    List<HasMetadata> left() {
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
                        client.batch().v1().cronjobs().inNamespace(in).list().getItems(),
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
