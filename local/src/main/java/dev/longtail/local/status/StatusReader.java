package dev.longtail.local.status;

import dev.longtail.dashboard.flink.FlinkRest;
import dev.longtail.dashboard.flink.JobHealth;
import dev.longtail.local.experiments.ExperimentNames;
import dev.longtail.local.experiments.TopicReader;
import dev.longtail.schemas.Convergence;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.JobDescription;
import dev.longtail.schemas.RecordCodec;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the state of experiments and jobs from their topics and from Flink. */
public final class StatusReader {

    private static final RecordCodec<JobDescription> JOBS = RecordCodec.of(JobDescription.class);
    private static final RecordCodec<Convergence> CONVERGENCE = RecordCodec.of(Convergence.class);
    private static final long MILLIS = 1_000;

    private final TopicReader reader;
    private final Optional<FlinkRest> flink;
    private final Clock clock;

    /**
     * @param reader reads the broker's topics
     * @param flinkRest Flink's REST interface; null where it is not known
     * @param clock tells how old a checkpoint is
     */
    public StatusReader(TopicReader reader, URI flinkRest, Clock clock) {
        this.reader = reader;
        this.flink = Optional.ofNullable(flinkRest).map(FlinkRest::new);
        this.clock = clock;
    }

    /**
     * One entry per job, then one per experiment that has none.
     *
     * @throws InterruptedException when interrupted while waiting for Flink
     */
    public List<ExperimentStatus> read() throws InterruptedException {
        Set<String> topics = reader.topics();
        List<ExperimentStatus> entries = new ArrayList<>();
        Set<String> outputs = ExperimentNames.outputs(topics);
        for (String output : outputs) {
            Optional<JobDescription> job =
                    Optional.ofNullable(
                            reader.newest(output + ExperimentTopics.JOB_SUFFIX, JOBS).get(output));
            String experiment = job.map(JobDescription::getExperiment).orElse(output);
            entries.add(entry(new ExperimentTopics(experiment, output), job));
        }
        for (String experiment : ExperimentNames.experiments(topics)) {
            if (!outputs.contains(experiment)) {
                entries.add(entry(ExperimentTopics.of(experiment), Optional.empty()));
            }
        }
        return entries;
    }

    /** The newest convergence record of a job; empty before its first. */
    public Optional<Convergence> convergence(ExperimentTopics topics) {
        return reader.last(topics.convergenceTopic(), CONVERGENCE).stream()
                .max(
                        Comparator.comparing(Convergence::getAttempt)
                                .thenComparing(Convergence::getBlock));
    }

    private ExperimentStatus entry(ExperimentTopics topics, Optional<JobDescription> job)
            throws InterruptedException {
        Optional<Convergence> newest = convergence(topics);
        String state = ExperimentStatus.NO_JOB;
        Long checkpointAge = null;
        Integer failedCheckpoints = null;
        String failure = null;
        if (job.isPresent()) {
            state = JobHealth.UNKNOWN;
        }
        if (job.isPresent() && flink.isPresent()) {
            JobHealth health = flink.get().health(job.get().getJobId());
            boolean unknownToFlink = health.state().equals(JobHealth.UNKNOWN);
            state = unknownToFlink ? ExperimentStatus.STOPPED : health.state();
            if (health.lastCheckpointAt().isPresent()) {
                checkpointAge = (clock.millis() - health.lastCheckpointAt().getAsLong()) / MILLIS;
            }
            if (health.failedCheckpoints().isPresent()) {
                failedCheckpoints = health.failedCheckpoints().getAsInt();
            }
            failure = health.failure().orElse(null);
        }
        return new ExperimentStatus(
                topics.experiment(),
                topics.output(),
                state,
                reader.size(topics.trialsTopic()),
                newest.map(Convergence::getTrials).orElse(null),
                newest.map(Convergence::getConvergedOnly).orElse(null),
                newest.map(Convergence::getReceived).orElse(null),
                newest.map(Convergence::getRejected).orElse(null),
                newest.map(Convergence::getDuplicates).orElse(null),
                newest.map(Convergence::getConflicts).orElse(null),
                newest.map(Convergence::getPairsInScope).orElse(null),
                newest.map(Convergence::getMeanStandardError).orElse(null),
                checkpointAge,
                failedCheckpoints,
                failure);
    }
}
