package dev.longtail.aggregator.command;

import dev.longtail.aggregator.client.EstimateReader;
import dev.longtail.aggregator.client.EstimateUnavailableException;
import dev.longtail.aggregator.client.JobTopics;
import dev.longtail.aggregator.client.QueryableStateEstimateReader;
import dev.longtail.aggregator.client.TopicEstimateReader;
import dev.longtail.settings.KafkaSettings;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Properties;
import java.util.SortedSet;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which job is asked, and how: the options of all queries. */
final class QuerySettings {

    @Mixin private KafkaSettings kafka = new KafkaSettings();

    @Option(
            names = {"--experiment", "--output"},
            paramLabel = "NAME",
            description =
                    "The experiment, or the output prefix of a replay; may be left out where there is only one job.")
    private String output;

    @Option(
            names = "--state-proxy",
            paramLabel = "HOST:PORT",
            converter = Proxy.class,
            description =
                    "Queryable-state proxy of a TaskManager; by default the one the job announced.")
    private InetSocketAddress stateProxy;

    @Option(
            names = "--flink-rest",
            paramLabel = "URL",
            description =
                    "REST interface of the Flink cluster, to tell a job that ended from one that is being restored.")
    private URI flinkRest;

    @Option(
            names = "--timeout",
            paramLabel = "MILLISECONDS",
            defaultValue = "10000",
            description = "How long to wait for an answer.")
    private long timeoutMillis;

    @Option(
            names = "--published",
            defaultValue = "false",
            description =
                    "Read what the job published instead of its state: answers while the job is down.")
    private boolean published;

    @Option(names = "--json", defaultValue = "false", description = "Print the answer as JSON.")
    private boolean json;

    boolean json() {
        return json;
    }

    EstimateReader open() throws EstimateUnavailableException {
        Properties properties = kafka.clientProperties();
        return published
                ? TopicEstimateReader.open(properties, job(properties))
                : QueryableStateEstimateReader.open(
                        properties,
                        job(properties),
                        stateProxy,
                        flinkRest,
                        Duration.ofMillis(timeoutMillis));
    }

    private String job(Properties properties) {
        if (output != null) {
            return output;
        }
        SortedSet<String> jobs = JobTopics.outputs(properties);
        if (jobs.size() != 1) {
            throw new IllegalArgumentException(
                    jobs.isEmpty()
                            ? "no job has announced itself; start one by 'longtail job --experiment NAME' or 'longtail up'"
                            : "expected --experiment, one of " + String.join(", ", jobs));
        }
        return jobs.first();
    }
}
