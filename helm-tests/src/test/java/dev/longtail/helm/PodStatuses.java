package dev.longtail.helm;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;

/** What a node tells Kubernetes of a pod with one container. */
final class PodStatuses {

    private PodStatuses() {}

    static PodStatus running(Pod pod) {
        return status("Running")
                .addToContainerStatuses(
                        containerStatus(pod)
                                .withReady(true)
                                .withNewState()
                                .withNewRunning()
                                .endRunning()
                                .endState()
                                .build())
                .build();
    }

    static PodStatus failed(Pod pod, int exitCode) {
        return status("Failed")
                .addToContainerStatuses(
                        containerStatus(pod)
                                .withReady(false)
                                .withNewState()
                                .withNewTerminated()
                                .withExitCode(exitCode)
                                .endTerminated()
                                .endState()
                                .build())
                .build();
    }

    private static PodStatusBuilder status(String phase) {
        return new PodStatusBuilder()
                .withPhase(phase)
                .withPodIP(LocalNode.LOOPBACK)
                // Flink takes no TaskManager from a pod without it.
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("True")
                .endCondition();
    }

    private static ContainerStatusBuilder containerStatus(Pod pod) {
        return new ContainerStatusBuilder()
                .withName(pod.getSpec().getContainers().get(0).getName())
                .withRestartCount(0);
    }
}
