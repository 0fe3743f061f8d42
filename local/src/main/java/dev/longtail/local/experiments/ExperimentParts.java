package dev.longtail.local.experiments;

import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.JobDescription;
import dev.longtail.schemas.RecordCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Everything that belongs to an experiment.
 *
 * @param jobs its own job and its replays, as their topics tell
 * @param outputs prefixes of the topics that those jobs write
 * @param topics the topics that exist
 */
record ExperimentParts(List<JobDescription> jobs, Set<String> outputs, Set<String> topics) {

    private static final RecordCodec<JobDescription> JOBS = RecordCodec.of(JobDescription.class);

    static ExperimentParts of(String experiment, TopicReader reader) {
        Set<String> existing = reader.topics();
        List<JobDescription> jobs = new ArrayList<>();
        Set<String> outputs = new TreeSet<>(Set.of(experiment));
        for (String output : ExperimentNames.outputs(existing)) {
            reader.newest(output + ExperimentTopics.JOB_SUFFIX, JOBS).values().stream()
                    .filter(job -> job.getExperiment().equals(experiment))
                    .forEach(
                            job -> {
                                jobs.add(job);
                                outputs.add(job.getOutput());
                            });
        }
        Set<String> topics = new TreeSet<>();
        for (String output : outputs) {
            ExperimentTopics names = new ExperimentTopics(experiment, output);
            Stream.concat(names.inputTopics().stream(), names.outputTopics().stream())
                    .filter(existing::contains)
                    .forEach(topics::add);
        }
        return new ExperimentParts(jobs, outputs, topics);
    }
}
