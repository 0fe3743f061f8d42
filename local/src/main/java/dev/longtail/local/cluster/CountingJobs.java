package dev.longtail.local.cluster;

import dev.longtail.aggregator.client.ExperimentReader;
import dev.longtail.aggregator.cluster.EmbeddedCluster;
import dev.longtail.local.experiments.ExperimentNames;
import dev.longtail.local.experiments.TopicReader;
import dev.longtail.schemas.ExperimentTopics;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One job per experiment: started when the experiment is described, stopped together. */
final class CountingJobs implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CountingJobs.class);

    private final EmbeddedCluster cluster;
    private final ClusterSettings settings;
    private final List<String> jobArguments;
    private final Consumer<String> say;
    private final Properties kafka;
    private final TopicReader reader;
    private final Map<String, CountingJob> jobs = new TreeMap<>();
    private final Set<String> refused = new HashSet<>();

    /**
     * @param cluster where the jobs run
     * @param settings which experiments, and where the state is
     * @param jobArguments settings of every job
     * @param say takes messages for people
     */
    CountingJobs(
            EmbeddedCluster cluster,
            ClusterSettings settings,
            List<String> jobArguments,
            Consumer<String> say) {
        this.cluster = cluster;
        this.settings = settings;
        this.jobArguments = jobArguments;
        this.say = say;
        this.kafka = settings.kafka().clientProperties();
        this.reader = new TopicReader(kafka);
    }

    /**
     * Starts the jobs of experiments that were described since the last look.
     *
     * @throws RefusedStateException when the state of an experiment that was asked for by name was
     *     counted with other settings
     * @throws IllegalArgumentException when the settings do not fit such an experiment
     */
    void look() throws InterruptedException {
        try {
            Set<String> topics = reader.topics();
            Set<String> described = ExperimentNames.experiments(topics);
            // Deleted ones: one of the same name may come again and gets a new job.
            jobs.keySet().retainAll(described);
            refused.retainAll(described);
            jobs.values().removeIf(job -> job.isLost(say));
            Set<String> wanted = settings.experiments();
            for (String experiment : wanted.isEmpty() ? described : wanted) {
                if (!jobs.containsKey(experiment)
                        && !refused.contains(experiment)
                        && isReady(experiment, topics)) {
                    start(experiment, wanted.contains(experiment));
                }
            }
        } catch (RetriableException e) {
            LOG.warn("Kafka does not answer, is asked again: {}", e.toString());
        }
    }

    private void start(String name, boolean askedFor) throws InterruptedException {
        try {
            jobs.put(name, CountingJob.start(cluster, name, jobArguments, settings.data(), say));
        } catch (RefusedStateException | IllegalArgumentException e) {
            if (askedFor) {
                throw e;
            }
            refused.add(name);
            say.accept("'%s' is not counted: %s".formatted(name, e.getMessage()));
        }
    }

    /**
     * Described, and with a topic of trials: the job would wait for both and hold up the others.
     */
    private boolean isReady(String experiment, Set<String> topics) {
        return topics.contains(ExperimentTopics.of(experiment).trialsTopic())
                && ExperimentReader.find(kafka, experiment).isPresent();
    }

    /** Stops all jobs, each with a savepoint. */
    @Override
    public void close() throws InterruptedException {
        reader.close();
        for (CountingJob job : jobs.values()) {
            job.stop(say);
        }
    }
}
