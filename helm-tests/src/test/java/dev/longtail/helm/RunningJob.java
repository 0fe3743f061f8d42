package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.longtail.aggregator.client.EstimateUnavailableException;
import dev.longtail.aggregator.client.QueryableStateEstimateReader;
import dev.longtail.estimators.counting.TileCountsView;
import dev.longtail.estimators.counting.Tiling;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import org.awaitility.core.ConditionTimeoutException;

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

    /** All counters of the state against plain loops over all trials. */
    void requireExactAnswers(CountedTrials trials) {
        // The job may be restarted once more meanwhile: then there is no answer, but never a wrong
        // one.
        AtomicReference<String> why = new AtomicReference<>("nobody answered yet");
        try {
            await("counts of " + trials.count() + " trials")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> isExact(trials, why));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(e.getMessage() + " Last: " + why.get(), e);
        }
    }

    private boolean isExact(CountedTrials trials, AtomicReference<String> why) {
        upkeep.run();
        try (QueryableStateEstimateReader reader = open()) {
            for (Tiling.Tile tile : reader.experiment().tiling().tiles()) {
                TileCountsView counts = reader.tile(tile.id());
                if (counts.trials() != trials.count()) {
                    why.set("counted are " + counts.trials());
                    return false;
                }
                requireExact(tile, counts, trials);
            }
            return true;
        } catch (EstimateUnavailableException e) {
            why.set(e.reason() + ": " + e.getMessage());
            return false;
        }
    }

    private static void requireExact(
            Tiling.Tile tile, TileCountsView counts, CountedTrials trials) {
        for (int row = 0; row < counts.rows(); row++) {
            int train = tile.train()[row];
            assertThat(counts.own(row)).as("example %d", train).isEqualTo(trials.own(train));
            for (int column = 0; column < counts.columns(); column++) {
                int test = tile.test()[column];
                assertThat(counts.pair(row, column))
                        .as("pair %d, %d", train, test)
                        .isEqualTo(trials.pair(train, test));
            }
        }
    }

    private QueryableStateEstimateReader open() throws EstimateUnavailableException {
        return QueryableStateEstimateReader.open(
                kafka(),
                "digits",
                new InetSocketAddress(LocalNode.LOOPBACK, stateProxy.getAsInt()),
                Duration.ofSeconds(20));
    }

    /** Properties of a client of the broker. */
    Properties kafka() {
        Properties kafka = new Properties();
        kafka.setProperty("bootstrap.servers", bootstrapServers);
        return kafka;
    }

    /** Waits until the running job has completed so many checkpoints. */
    void awaitCheckpoints(int completed) {
        await(completed + " checkpoints")
                .atMost(PATIENCE)
                .until(() -> checkpoints().at("/counts/completed").asInt() >= completed);
    }

    /**
     * Waits until every task runs, as somebody does who wants a savepoint: counts are answered
     * while tasks behind them still start, and with one that does not run Flink takes no savepoint.
     */
    void awaitAllTasks() {
        await("every task running")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () -> {
                            upkeep.run();
                            JsonNode job = ask("/jobs/overview").at("/jobs/0");
                            return job.path("state").asText().equals("RUNNING")
                                    && job.at("/tasks/running").asInt()
                                            == job.at("/tasks/total").asInt();
                        });
    }

    /** Waits until the job runs from a state whose path matches. */
    void awaitRestoredFrom(String pattern) {
        await("the job, restored from " + pattern)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () -> {
                            upkeep.run();
                            return checkpoints()
                                    .at("/latest/restored/external_path")
                                    .asText()
                                    .matches(pattern);
                        });
    }

    /** Of the job's widest vertex; 0 while there is no job. */
    int parallelism() {
        int widest = 0;
        for (JsonNode vertex : ask("/jobs/" + id()).path("vertices")) {
            widest = Math.max(widest, vertex.path("parallelism").asInt());
        }
        return widest;
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
