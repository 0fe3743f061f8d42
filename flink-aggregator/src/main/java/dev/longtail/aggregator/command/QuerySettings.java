package dev.longtail.aggregator.command;

import dev.longtail.aggregator.client.EstimateReader;
import dev.longtail.aggregator.client.EstimateUnavailableException;
import dev.longtail.aggregator.client.JobTopics;
import dev.longtail.aggregator.client.QueryableStateEstimateReader;
import dev.longtail.aggregator.client.TopicEstimateReader;
import dev.longtail.settings.KafkaSettings;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
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

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Dashboard that answers in place of Kafka and the job's state, for example https://longtail.example.org: the way in from outside a cluster.")
    private URI url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the token that the dashboard at --url asks for.")
    private Path tokenFile;

    /**
     * The answer as it is printed.
     *
     * @throws EstimateUnavailableException when there is none
     * @throws IllegalArgumentException when options contradict each other
     */
    String answer(EstimateQuestion question) throws EstimateUnavailableException {
        String answer = url == null ? read(question) : asked(question);
        return json ? answer + System.lineSeparator() : answer;
    }

    private String asked(EstimateQuestion question) {
        if (published || stateProxy != null) {
            throw new IllegalArgumentException(
                    "expected --url alone, found %s with it: a dashboard reads the state by itself"
                            .formatted(published ? "--published" : "--state-proxy"));
        }
        return new DashboardQuery(url, tokenFile, Duration.ofMillis(timeoutMillis))
                .ask(output, question, json);
    }

    private String read(EstimateQuestion question) throws EstimateUnavailableException {
        if (kafka.bootstrapServers() == null) {
            throw new IllegalArgumentException(
                    "expected --bootstrap-servers, or --url of a dashboard, found neither");
        }
        try (EstimateReader reader = open()) {
            return json ? question.json(reader) : question.text(reader);
        }
    }

    private EstimateReader open() throws EstimateUnavailableException {
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
