package dev.longtail.aggregator;

import dev.longtail.aggregator.client.CompactedTopic;
import dev.longtail.aggregator.publishing.JobAnnouncement;
import dev.longtail.schemas.JobDescription;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.UndecodableRecordException;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.api.common.JobID;

/**
 * What a job's task announced just before its submitter did: it says where the state is read, which
 * the submitter does not know, but readers look at the last announcement alone.
 */
final class HiddenAnnouncement {

    private static final RecordCodec<JobDescription> CODEC = RecordCodec.of(JobDescription.class);

    private final String jobId;
    private JobDescription last;
    private JobDescription best;

    private HiddenAnnouncement(String jobId) {
        this.jobId = jobId;
    }

    /**
     * Looks for one.
     *
     * @param topic of job descriptions of one output
     * @return the value to publish again; empty when the last announcement hides nothing
     */
    static Optional<byte[]> find(Properties kafka, String topic, JobID id) {
        HiddenAnnouncement hidden = new HiddenAnnouncement(id.toHexString());
        CompactedTopic.forEach(kafka, topic, (key, record) -> hidden.look(record.value()));
        return hidden.best == hidden.last || hidden.best == null
                ? Optional.empty()
                : Optional.of(CODEC.encode(hidden.best));
    }

    private void look(byte[] value) {
        try {
            last = value == null ? null : CODEC.decode(value);
        } catch (UndecodableRecordException e) {
            // No announcement of this job: its tasks write what can be read.
            last = null;
        }
        if (last != null && isOfTask(last) && (best == null || isLater(last, best))) {
            best = last;
        }
    }

    private boolean isOfTask(JobDescription description) {
        return description.getJobId().equals(jobId)
                && !description
                        .getOptions()
                        .getOrDefault(JobAnnouncement.STATE_PROXY, "")
                        .isEmpty();
    }

    private static boolean isLater(JobDescription one, JobDescription other) {
        return one.getAttempt() >= other.getAttempt();
    }
}
