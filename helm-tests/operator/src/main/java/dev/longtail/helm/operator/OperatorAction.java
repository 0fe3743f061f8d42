package dev.longtail.helm.operator;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.status.FlinkDeploymentStatus;
import org.apache.flink.kubernetes.operator.api.status.JobManagerDeploymentStatus;
import org.apache.flink.kubernetes.operator.config.FlinkConfigBuilder;
import org.apache.flink.kubernetes.operator.config.FlinkOperatorConfiguration;
import org.apache.flink.kubernetes.operator.service.NativeFlinkService;
import org.apache.flink.kubernetes.operator.service.SuspendMode;
import org.apache.flink.runtime.highavailability.JobResultStoreOptions;
import org.apache.flink.runtime.jobgraph.SavepointConfigOptions;

/**
 * What the operator does when a FlinkDeployment is new, {@code deploy}, or has changed, {@code
 * savepoint} or {@code last-state}, as its upgrade mode says. The configuration is made, and
 * Kubernetes and Flink are called, by the operator's own classes; only their order, and the three
 * options that tell one start from another, are written here after its {@code
 * ApplicationReconciler}, which needs the framework around it.
 *
 * <p>Arguments: what to do, and namespace and name of the FlinkDeployment. The server of
 * Kubernetes' API is found as by any client of Fabric8, such as in {@code KUBERNETES_MASTER}.
 */
public final class OperatorAction {

    private static final String NO_PATH = "KUBERNETES_OPERATOR_LAST_STATE";

    private final KubernetesClient client;
    private final NativeFlinkService service;
    private final FlinkDeployment deployment;

    private OperatorAction(
            KubernetesClient client, NativeFlinkService service, FlinkDeployment deployment) {
        this.client = client;
        this.service = service;
        this.deployment = deployment;
    }

    public static void main(String[] arguments) throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
            FlinkDeployment deployment =
                    client.resources(FlinkDeployment.class)
                            .inNamespace(arguments[1])
                            .withName(arguments[2])
                            .require();
            NativeFlinkService service =
                    new NativeFlinkService(
                            client,
                            null,
                            executor,
                            FlinkOperatorConfiguration.fromConfiguration(new Configuration()),
                            null);
            OperatorAction action = new OperatorAction(client, service, deployment);
            switch (arguments[0]) {
                case "deploy" -> action.deploy(action.configuration(), false);
                case "savepoint" -> action.upgrade(SuspendMode.SAVEPOINT);
                case "last-state" -> action.upgrade(SuspendMode.LAST_STATE);
                default ->
                        throw new IllegalArgumentException(
                                "expected deploy, savepoint or last-state, found " + arguments[0]);
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private Configuration configuration() throws Exception {
        return FlinkConfigBuilder.buildFrom(
                deployment.getMetadata().getNamespace(),
                deployment.getMetadata().getName(),
                deployment.getSpec(),
                new Configuration());
    }

    private void deploy(Configuration configuration, boolean fromLastState) throws Exception {
        String results =
                "%s/result-store/%s/%s"
                        .formatted(
                                configuration.get(HighAvailabilityOptions.HA_STORAGE_PATH),
                                deployment.getMetadata().getName(),
                                UUID.randomUUID());
        configuration.set(JobResultStoreOptions.STORAGE_PATH, results);
        configuration.set(JobResultStoreOptions.DELETE_ON_COMMIT, false);
        if (!configuration.contains(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID)) {
            configuration.set(
                    PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID, JobID.generate().toHexString());
        }
        service.submitApplicationCluster(
                deployment.getSpec().getJob(), configuration, fromLastState);
    }

    private void upgrade(SuspendMode mode) throws Exception {
        Configuration configuration = configuration();
        String job = runningJob(configuration);
        FlinkDeploymentStatus status = new FlinkDeploymentStatus();
        status.setJobManagerDeploymentStatus(JobManagerDeploymentStatus.READY);
        status.getJobStatus().setJobId(job);
        status.getJobStatus().setState(JobStatus.RUNNING);
        deployment.setStatus(status);
        boolean lastState = mode == SuspendMode.LAST_STATE;
        var cancelled = service.cancelJob(deployment, mode, configuration);
        service.deleteClusterDeployment(
                deployment.getMetadata(), status, configuration, !lastState);
        // The operator deletes in the foreground: a cluster keeps the Deployment until everything
        // it owns is gone.
        awaitNoService();
        configuration = configuration();
        if (lastState) {
            configuration.set(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID, job);
            // No such path: a job that does not find its pointer in Kubernetes must fail.
            configuration.set(SavepointConfigOptions.SAVEPOINT_PATH, NO_PATH);
        } else {
            configuration.set(
                    SavepointConfigOptions.SAVEPOINT_PATH,
                    cancelled.getSavepointPath().orElseThrow());
        }
        deploy(configuration, lastState);
    }

    /**
     * Looks again and again: a watch on the mock of Kubernetes' API never hears of what was deleted
     * between its first look and its beginning.
     */
    private void awaitNoService() {
        var service =
                client.services()
                        .inNamespace(deployment.getMetadata().getNamespace())
                        .withName(deployment.getMetadata().getName() + "-rest");
        await("the service of Flink's REST interface is deleted")
                .atMost(2, TimeUnit.MINUTES)
                .until(() -> service.get() == null);
    }

    private String runningJob(Configuration configuration) throws Exception {
        try (RestClusterClient<String> flink = service.getClusterClient(configuration)) {
            return flink.listJobs().get().iterator().next().getJobId().toHexString();
        }
    }
}
