package dev.longtail.aggregator.command;

import dev.longtail.aggregator.AggregatorJob;
import dev.longtail.aggregator.JobPreparation;
import dev.longtail.aggregator.JobSettings;
import dev.longtail.aggregator.ReplayRange;
import java.net.URI;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;

/**
 * Submits a job to a running cluster over Flink's REST interface. The cluster's class path must
 * hold Longtail's jars, as that of {@code longtail cluster} and of the container image does.
 */
public final class RemoteJob {

    private RemoteJob() {}

    /**
     * Waits for the experiment, submits its job and announces it.
     *
     * @param flinkRest address of the REST interface
     * @throws InterruptedException when the wait is interrupted
     * @throws IllegalStateException when the cluster refuses the job or is not reached
     */
    public static JobID submit(JobSettings settings, ReplayRange range, URI flinkRest)
            throws InterruptedException {
        AggregatorJob job = JobPreparation.prepare(settings, range);
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.ADDRESS, flinkRest.getHost());
        configuration.set(RestOptions.PORT, flinkRest.getPort());
        try (RestClusterClient<String> client =
                new RestClusterClient<>(configuration, "longtail")) {
            JobID id = client.submitJob(job.graph().getJobGraph()).join();
            JobPreparation.announce(job, id, "");
            return id;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(
                    "the Flink cluster at %s did not take the job: %s"
                            .formatted(flinkRest, e.getMessage()),
                    e);
        }
    }
}
