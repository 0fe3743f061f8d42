package dev.longtail.aggregator.client;

import dev.longtail.aggregator.client.EstimateUnavailableException.Reason;
import dev.longtail.aggregator.publishing.JobAnnouncement;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the job that writes to an output by its announcement.
 *
 * @param kafka client properties
 * @param givenProxy null for the proxy that the job announced
 * @param flink null where the cluster is unknown
 */
record JobFinder(Properties kafka, InetSocketAddress givenProxy, FlinkRest flink)
        implements FollowedJob.Finding {

    private static final Logger LOG = LoggerFactory.getLogger(JobFinder.class);

    /**
     * The job, running or not.
     *
     * @throws EstimateUnavailableException when no job announced itself, or it announced no proxy
     */
    JobConnection find(String output) throws EstimateUnavailableException {
        CountedExperiment counted = CountedExperiment.find(kafka, output);
        InetSocketAddress proxy = proxy(counted);
        return new JobConnection(counted, id(counted), proxy, new TileStateClient(proxy));
    }

    @Override
    public JobConnection findAgain(JobConnection before) throws EstimateUnavailableException {
        CountedExperiment counted =
                CountedExperiment.find(kafka, before.counted().job().getOutput());
        JobID job = id(counted);
        InetSocketAddress proxy = proxy(counted);
        requireRunning(counted, job);
        return job.equals(before.job()) && proxy.equals(before.proxy())
                ? before
                : new JobConnection(counted, job, proxy, new TileStateClient(proxy));
    }

    private static JobID id(CountedExperiment counted) {
        return JobID.fromHexString(counted.job().getJobId());
    }

    private InetSocketAddress proxy(CountedExperiment counted) throws EstimateUnavailableException {
        if (givenProxy != null) {
            return givenProxy;
        }
        String announced = counted.job().getOptions().getOrDefault(JobAnnouncement.STATE_PROXY, "");
        int colon = announced.lastIndexOf(':');
        if (colon < 0) {
            throw new EstimateUnavailableException(
                    Reason.STATE_NOT_READY,
                    "the job '%s' announced no queryable-state proxy; name one by --state-proxy HOST:PORT"
                            .formatted(counted.job().getJobName()));
        }
        return new InetSocketAddress(
                announced.substring(0, colon), Integer.parseInt(announced.substring(colon + 1)));
    }

    /** Flink gives the same answer for a job that is starting and for one that ended. */
    private void requireRunning(CountedExperiment counted, JobID job)
            throws EstimateUnavailableException {
        if (flink == null) {
            return;
        }
        try {
            Optional<JobStatus> status = flink.status(job);
            if (status.isEmpty() || status.get().isGloballyTerminalState()) {
                throw new EstimateUnavailableException(
                        Reason.JOB_NOT_RUNNING,
                        "the job '%s' (%s) is not running: %s"
                                .formatted(
                                        counted.job().getJobName(),
                                        job,
                                        status.map(Enum::name).orElse("unknown to the cluster")));
            }
        } catch (IOException e) {
            LOG.debug("The cluster does not say what job {} does", job, e);
        }
    }
}
