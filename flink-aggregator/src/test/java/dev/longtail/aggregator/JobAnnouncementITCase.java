package dev.longtail.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.aggregator.client.CountedExperiment;
import dev.longtail.aggregator.publishing.JobAnnouncement;
import dev.longtail.aggregator.publishing.OutputRecord;
import dev.longtail.testing.TestBroker;
import java.nio.file.Path;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobAnnouncementITCase {

    @TempDir Path dir;

    /** A restarted JobManager may be slower to announce the job than the job's own task. */
    @Test
    void theSubmittersAnnouncementDoesNotHideWhereTheStateIsRead() throws Exception {
        RandomTrials trials = new RandomTrials("announced", 21, 13, 1, 7);
        JobID earlier = new JobID();
        JobID later = new JobID();
        try (TestBroker broker = TestBroker.start(dir);
                ExperimentKafka kafka = new ExperimentKafka(broker.bootstrapServers())) {
            kafka.describe(trials.experiment(), 1);
            AggregatorJob job =
                    JobPreparation.prepare(
                            JobSettings.parse(
                                    "--experiment=announced",
                                    "--bootstrap-servers=" + broker.bootstrapServers()),
                            ReplayRange.EVERYTHING);
            JobPreparation.announce(job, earlier, "earlier:9069");
            JobPreparation.announce(job, later, "");
            assertThat(proxy(kafka, later)).isEmpty();
            JobPreparation.announce(job, later, "task:9069");
            JobPreparation.announce(job, later, "");
            assertThat(proxy(kafka, later)).isEqualTo("task:9069");

            // The task's comes between the submitter's look and its own.
            OutputRecord late =
                    JobAnnouncement.of(
                            job.plan(),
                            System.currentTimeMillis(),
                            later.toHexString(),
                            job.name(),
                            "");
            kafka.send(late.topic(), null, "announced", late.value());
            kafka.flush();
            assertThat(proxy(kafka, later)).isEmpty();
            JobPreparation.uncover(kafka.properties(), job, later);
            assertThat(proxy(kafka, later)).isEqualTo("task:9069");
        }
    }

    private static String proxy(ExperimentKafka kafka, JobID expected) throws Exception {
        var job = CountedExperiment.find(kafka.properties(), "announced").job();
        assertThat(job.getJobId()).isEqualTo(expected.toHexString());
        return job.getOptions().get(JobAnnouncement.STATE_PROXY);
    }
}
