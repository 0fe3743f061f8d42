package dev.longtail.helm;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Kubernetes does with the Deployments and pods of a namespace, on this machine: Deployments
 * get their pod, pods run as processes and are said to run, containers that end are started anew
 * where the pod says so, and whose owner is deleted is deleted too.
 */
final class LocalPods implements AutoCloseable {

    private static final long PERIOD_MILLIS = 200;
    private static final int GONE = 404;
    private static final int CHANGED = 409;

    private final KubernetesClient client;
    private final LocalKubelet kubelet;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    /** By the pods' uids. */
    private final Map<String, LocalContainer> containers = new HashMap<>();

    /** Of pods that are deleted. */
    private final List<LocalContainer> ending = new ArrayList<>();

    private Throwable failure;

    LocalPods(KubernetesClient client, LocalKubelet kubelet) {
        this.client = client;
        this.kubelet = kubelet;
        clock.scheduleWithFixedDelay(this::step, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private synchronized void step() {
        try {
            deleteOrphans();
            for (Deployment deployment : deployments()) {
                if (isOfFlink(deployment)) {
                    scale(deployment);
                }
            }
            Map<String, Pod> pods =
                    pods().stream()
                            .collect(Collectors.toMap(LocalPods::uid, pod -> pod, (a, b) -> a));
            stopDeleted(pods.keySet());
            for (Pod pod : pods.values()) {
                if (!isEnding(pod)) {
                    run(pod);
                }
            }
        } catch (KubernetesClientException e) {
            // Somebody else was faster: the next step looks at what is there then.
            if (e.getCode() != GONE && e.getCode() != CHANGED) {
                failure = e;
            }
        } catch (IOException | RuntimeException | AssertionError e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Only those that Flink made; the chart's dashboard is not run here. */
    private static boolean isOfFlink(Deployment deployment) {
        return "flink-native-kubernetes".equals(deployment.getMetadata().getLabels().get("type"));
    }

    /**
     * Owners are listed after what they own: an object is made after its owner, so that an owner
     * that is not found was deleted. The other way round it may have been made in between. Services
     * go last, as the operator's next deployment waits for theirs.
     */
    private void deleteOrphans() {
        List<? extends HasMetadata> owned =
                Stream.<List<? extends HasMetadata>>of(
                                pods(),
                                client.configMaps().inNamespace(Chart.NAMESPACE).list().getItems(),
                                client.services().inNamespace(Chart.NAMESPACE).list().getItems())
                        .flatMap(List::stream)
                        .toList();
        Set<String> owners = deployments().stream().map(LocalPods::uid).collect(Collectors.toSet());
        owned.stream()
                .filter(object -> isOrphan(object, owners))
                .forEach(object -> client.resource(object).delete());
    }

    private static boolean isOrphan(HasMetadata object, Set<String> owners) {
        return object.getMetadata().getOwnerReferences().stream()
                .anyMatch(
                        owner ->
                                owner.getKind().equals("Deployment")
                                        && !owners.contains(owner.getUid()));
    }

    private List<Deployment> deployments() {
        return client.apps().deployments().inNamespace(Chart.NAMESPACE).list().getItems();
    }

    private List<Pod> pods() {
        return client.pods().inNamespace(Chart.NAMESPACE).list().getItems();
    }

    private static String uid(HasMetadata object) {
        return object.getMetadata().getUid();
    }

    private Pod podOf(Deployment deployment) {
        Map<String, String> selector = deployment.getSpec().getSelector().getMatchLabels();
        return pods().stream()
                .filter(
                        pod ->
                                pod.getMetadata()
                                        .getLabels()
                                        .entrySet()
                                        .containsAll(selector.entrySet()))
                .findFirst()
                .orElse(null);
    }

    /** To one pod or none. */
    private void scale(Deployment deployment) {
        Pod pod = podOf(deployment);
        int wanted = deployment.getSpec().getReplicas();
        if (wanted == 0 && pod != null) {
            end(pod);
        } else if (wanted == 1 && pod == null) {
            createPod(deployment);
        }
        DeploymentStatus status = deployment.getStatus();
        if (status == null || !Integer.valueOf(wanted).equals(status.getReplicas())) {
            say(deployment, wanted);
        }
    }

    /** A pod is there until its container has ended. */
    private void end(Pod pod) {
        LocalContainer container = containers.get(uid(pod));
        if (container == null || container.isEnding() && container.isGone()) {
            containers.remove(uid(pod));
            client.resource(pod).delete();
        } else if (!container.isEnding()) {
            container.terminate();
        }
    }

    private void createPod(Deployment deployment) {
        String name = deployment.getMetadata().getName();
        Pod pod =
                new PodBuilder()
                        .withMetadata(deployment.getSpec().getTemplate().getMetadata())
                        .withSpec(deployment.getSpec().getTemplate().getSpec())
                        .editMetadata()
                        .withName(name + "-" + UUID.randomUUID().toString().substring(0, 5))
                        .withNamespace(Chart.NAMESPACE)
                        .withOwnerReferences(
                                new OwnerReferenceBuilder()
                                        .withApiVersion("apps/v1")
                                        .withKind("Deployment")
                                        .withName(name)
                                        .withUid(uid(deployment))
                                        .build())
                        .endMetadata()
                        .build();
        client.resource(pod).create();
    }

    private void say(Deployment deployment, int replicas) {
        client.resource(deployment)
                .editStatus(
                        current -> {
                            current.setStatus(
                                    new DeploymentStatusBuilder()
                                            .withReplicas(replicas)
                                            .withReadyReplicas(replicas)
                                            .build());
                            return current;
                        });
    }

    private void stopDeleted(Set<String> there) {
        for (String uid : Set.copyOf(containers.keySet())) {
            if (!there.contains(uid)) {
                LocalContainer container = containers.remove(uid);
                container.terminate();
                ending.add(container);
            }
        }
        ending.removeIf(LocalContainer::isGone);
    }

    private boolean isEnding(Pod pod) {
        LocalContainer container = containers.get(uid(pod));
        return container != null && container.isEnding();
    }

    private void run(Pod pod) throws IOException, InterruptedException {
        LocalContainer container = containers.get(uid(pod));
        if (container == null) {
            // On one machine a pod needs the ports of the one before it.
            if (ending.isEmpty() && kubelet.canMake(pod)) {
                container = kubelet.container(pod);
                container.start();
                containers.put(uid(pod), container);
            }
        } else if (container.isAlive()) {
            if (!isSaid(pod, "Running")) {
                say(pod, PodStatuses.running(pod));
            }
        } else if (!"Never".equals(pod.getSpec().getRestartPolicy())) {
            container.start();
        } else if (!isSaid(pod, "Failed")) {
            say(pod, PodStatuses.failed(pod, container.exitCode()));
        }
    }

    private static boolean isSaid(Pod pod, String phase) {
        return pod.getStatus() != null && phase.equals(pod.getStatus().getPhase());
    }

    private void say(Pod pod, PodStatus status) {
        client.resource(pod)
                .editStatus(
                        current -> {
                            current.setStatus(status);
                            return current;
                        });
    }

    /** Kills the container of the one pod of a component, as when it runs out of memory. */
    synchronized void kill(String component) throws InterruptedException {
        Pod pod =
                pods().stream()
                        .filter(
                                candidate ->
                                        component.equals(
                                                candidate
                                                        .getMetadata()
                                                        .getLabels()
                                                        .get("component")))
                        .filter(candidate -> containers.get(uid(candidate)).isAlive())
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no pod of a " + component));
        containers.get(uid(pod)).kill();
    }

    /** Fails when a pod could not be made into a process. */
    synchronized void requireNoFailure() {
        if (failure != null) {
            throw new AssertionError("a pod could not be run", failure);
        }
    }

    @Override
    public void close() throws InterruptedException {
        clock.shutdownNow();
        clock.awaitTermination(1, TimeUnit.MINUTES);
        ending.addAll(containers.values());
        for (LocalContainer container : ending) {
            container.close();
        }
    }
}
