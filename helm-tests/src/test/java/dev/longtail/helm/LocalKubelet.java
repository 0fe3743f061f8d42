package dev.longtail.helm;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Makes containers of pods, as a node of a cluster does: files of ConfigMaps, volumes, claims and
 * the environment, all read from the server of Kubernetes' API.
 *
 * @param image files of the one image
 * @param imageEnvironment variables that the image sets
 * @param dir where pods and claims get their directories
 */
record LocalKubelet(
        KubernetesClient client, Path image, Map<String, String> imageEnvironment, Path dir) {

    /** What the node says to a pod, by field path. */
    private static final Map<String, String> FIELDS =
            Map.of("status.podIP", LocalNode.LOOPBACK, "spec.nodeName", "node");

    /** A kubelet for pods of one of our images. */
    static LocalKubelet of(KubernetesClient client, String image, Path dir) throws IOException {
        ContainerImage packaged = ContainerImage.of(image);
        Path files = Files.createDirectories(dir.resolve("image"));
        packaged.extract(files);
        return new LocalKubelet(client, files, packaged.environment(), dir);
    }

    /** Whether all ConfigMaps are there that a pod mounts or reads; else a kubelet waits. */
    boolean canMake(Pod pod) {
        return Stream.concat(
                        pod.getSpec().getVolumes().stream()
                                .map(Volume::getConfigMap)
                                .filter(Objects::nonNull)
                                .map(ConfigMapVolumeSource::getName),
                        pod.getSpec().getContainers().get(0).getEnvFrom().stream()
                                .map(source -> source.getConfigMapRef().getName()))
                .allMatch(name -> find(name) != null);
    }

    LocalContainer container(Pod pod) throws IOException, InterruptedException {
        Container container = pod.getSpec().getContainers().get(0);
        String name = pod.getMetadata().getName();
        Path own = Files.createDirectories(dir.resolve(name));
        Map<String, Path> volumes = new HashMap<>();
        for (VolumeMount mount : container.getVolumeMounts()) {
            volumes.put(mount.getMountPath(), volume(pod, mount.getName(), own));
        }
        Path logs = Files.createDirectories(Path.of("target", "operator-pods"));
        return LocalContainer.of(
                image,
                own.resolve("root"),
                container,
                volumes,
                environment(container),
                logs.resolve(name + ".log").toAbsolutePath());
    }

    private Path volume(Pod pod, String name, Path own) throws IOException {
        Volume volume =
                pod.getSpec().getVolumes().stream()
                        .filter(candidate -> candidate.getName().equals(name))
                        .findFirst()
                        .orElseThrow();
        if (volume.getPersistentVolumeClaim() != null) {
            String claim = volume.getPersistentVolumeClaim().getClaimName();
            return Files.createDirectories(dir.resolve("claim-" + claim));
        }
        Path target = Files.createDirectories(own.resolve("volume-" + name));
        if (volume.getConfigMap() != null) {
            Map<String, String> data = data(volume.getConfigMap().getName());
            List<KeyToPath> items = volume.getConfigMap().getItems();
            if (items.isEmpty()) {
                for (Map.Entry<String, String> file : data.entrySet()) {
                    Files.writeString(target.resolve(file.getKey()), file.getValue());
                }
            }
            for (KeyToPath item : items) {
                Files.writeString(target.resolve(item.getPath()), data.get(item.getKey()));
            }
        } else if (volume.getEmptyDir() == null) {
            throw new AssertionError("a volume of a kind that no test has had: " + volume);
        }
        return target;
    }

    private Map<String, String> environment(Container container) {
        Map<String, String> environment = new HashMap<>(imageEnvironment);
        for (EnvFromSource source : container.getEnvFrom()) {
            environment.putAll(data(source.getConfigMapRef().getName()));
        }
        for (EnvVar variable : container.getEnv()) {
            String value =
                    variable.getValueFrom() == null
                            ? variable.getValue()
                            : FIELDS.get(variable.getValueFrom().getFieldRef().getFieldPath());
            environment.put(variable.getName(), value);
        }
        // Instead of the address and the credentials that pods find in a cluster.
        environment.put("KUBERNETES_MASTER", client.getMasterUrl().toString());
        return environment;
    }

    private Map<String, String> data(String configMap) {
        return find(configMap).getData();
    }

    private ConfigMap find(String configMap) {
        return client.configMaps().inNamespace(Chart.NAMESPACE).withName(configMap).get();
    }
}
