package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.longtail.aggregator.client.EstimateReader;
import dev.longtail.aggregator.client.EstimateUnavailableException;
import dev.longtail.aggregator.client.QueryableStateEstimateReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Properties;
import java.util.function.IntSupplier;

/**
 * The counting job of a release on this machine, as it is seen by those who ask it.
 *
 * @param bootstrapServers the broker
 * @param rest port of Flink's REST interface, as it is at the moment
 * @param stateProxy port of a TaskManager's queryable state, as it is at the moment
 * @param upkeep what has to be done for the processes while somebody waits
 */
record RunningJob(
        String bootstrapServers, IntSupplier rest, IntSupplier stateProxy, Runnable upkeep) {

    static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** All counters of the state, one by one, against plain loops over all trials. */
    void requireExactAnswers(GeneratedTrials trials) {
        // The job may be restarted once more meanwhile: then there is no answer, but never a wrong
        // one.
        await("counts of " + trials.count() + " trials")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .conditionEvaluationListener(condition -> upkeep.run())
                .ignoreException(EstimateUnavailableException.class)
                .until(
                        () -> {
                            try (EstimateReader reader = open()) {
                                if (reader.memorization(0).from().trials() != trials.count()) {
                                    return false;
                                }
                                requireEveryCounter(reader, trials);
                                return true;
                            }
                        });
    }

    private static void requireEveryCounter(EstimateReader reader, GeneratedTrials trials)
            throws EstimateUnavailableException {
        for (int i = 0; i < TestExperiment.TRAIN; i++) {
            assertThat(reader.memorization(i).estimate().counts()).isEqualTo(trials.own(i));
            for (int j = 0; j < TestExperiment.TEST; j++) {
                assertThat(reader.influence(i, j).estimate().counts())
                        .as("pair %d, %d", i, j)
                        .isEqualTo(trials.pair(i, j));
            }
        }
    }

    private EstimateReader open() throws EstimateUnavailableException {
        Properties kafka = new Properties();
        kafka.setProperty("bootstrap.servers", bootstrapServers);
        return QueryableStateEstimateReader.open(
                kafka,
                "digits",
                new InetSocketAddress(LocalNode.LOOPBACK, stateProxy.getAsInt()),
                Duration.ofSeconds(5));
    }

    /** Waits until the running job has completed so many checkpoints. */
    void awaitCheckpoints(int completed) {
        await(completed + " checkpoints")
                .atMost(PATIENCE)
                .until(() -> checkpoints().at("/counts/completed").asInt() >= completed);
    }

    /** Waits until the job runs from a state whose path matches. */
    void awaitRestoredFrom(String pattern) {
        await("the job, restored from " + pattern)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .conditionEvaluationListener(condition -> upkeep.run())
                .until(
                        () ->
                                checkpoints()
                                        .at("/latest/restored/external_path")
                                        .asText()
                                        .matches(pattern));
    }

    /** What Flink says of the running job's checkpoints; nothing while there is no such job. */
    JsonNode checkpoints() {
        String job = id();
        return job.isEmpty() ? MissingNode.getInstance() : ask("/jobs/" + job + "/checkpoints");
    }

    /** Id of the running job; empty while there is none. */
    String id() {
        return ask("/jobs/overview").at("/jobs/0/jid").asText();
    }

    /** An answer of Flink's REST interface; a missing node while nobody answers. */
    JsonNode ask(String path) {
        URI address =
                URI.create("http://" + LocalNode.LOOPBACK + ":" + rest.getAsInt()).resolve(path);
        try {
            HttpRequest request = HttpRequest.newBuilder(address).build();
            return new ObjectMapper()
                    .readTree(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            return MissingNode.getInstance();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
