package dev.longtail.faults;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Flink's REST interface, as far as faults need it: about the one job of the cluster. */
final class JobRest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final URI address;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final ObjectMapper json = new ObjectMapper();

    JobRest(URI address) {
        this.address = address;
    }

    /** Whether all tasks of the job run. */
    boolean runs() {
        JsonNode job = get("/jobs/" + job());
        JsonNode tasks = job.path("status-counts");
        int running = tasks.path("RUNNING").asInt();
        int all = 0;
        for (JsonNode count : tasks) {
            all += count.asInt();
        }
        return job.path("state").asText().equals("RUNNING") && running > 0 && running == all;
    }

    /** Why the job failed, with all causes, the newest failure first. */
    List<String> failures() {
        List<String> failures = new ArrayList<>();
        get("/jobs/" + job() + "/exceptions")
                .path("exceptionHistory")
                .path("entries")
                .forEach(entry -> failures.add(entry.path("stacktrace").asText()));
        return failures;
    }

    /** Why the job failed last, with its causes; empty when it did not. */
    String lastFailure() {
        return failures().stream().findFirst().orElse("");
    }

    /** Completed checkpoints and savepoints of this JobManager's job. */
    long completedCheckpoints() {
        return checkpoints().path("completed").asLong();
    }

    /** Failed checkpoints. */
    long failedCheckpoints() {
        return checkpoints().path("failed").asLong();
    }

    private JsonNode checkpoints() {
        return get("/jobs/" + job() + "/checkpoints").path("counts");
    }

    /**
     * Stops the job with a savepoint. Flink keeps the JobManager up until somebody has taken the
     * answer, so it is asked for until that has ended.
     *
     * @param directory of savepoints, a URI
     * @param jobManager the process that is asked
     * @throws IllegalStateException when the request is refused or fails
     */
    void stopWithSavepoint(String directory, OsProcess jobManager) {
        String request =
                ask("stop", "{\"drain\": false, \"targetDirectory\": \"%s\"}".formatted(directory));
        await().atMost(CountedJob.PATIENCE)
                .until(
                        () -> {
                            location(request);
                            return !jobManager.isAlive();
                        });
    }

    /**
     * Takes a savepoint of the job, which goes on.
     *
     * @return its path
     */
    String takeSavepoint(String directory) {
        String request =
                ask(
                        "savepoints",
                        "{\"cancel-job\": false, \"target-directory\": \"%s\"}"
                                .formatted(directory));
        return await().atMost(CountedJob.PATIENCE)
                .until(() -> location(request), location -> !location.isEmpty());
    }

    /** Asks for a savepoint; returns where its outcome is told. */
    private String ask(String how, String body) {
        String job =
                "/jobs/"
                        + await().atMost(CountedJob.PATIENCE).until(this::job, id -> !id.isEmpty());
        JsonNode accepted =
                send(
                        HttpRequest.newBuilder(address.resolve(job + "/" + how))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body)));
        String request = accepted.path("request-id").asText();
        if (request.isEmpty()) {
            throw new IllegalStateException("Flink takes no savepoint: " + accepted);
        }
        return job + "/savepoints/" + request;
    }

    /** Empty as long as it is not complete. */
    private String location(String request) {
        JsonNode operation = get(request).path("operation");
        if (operation.has("failure-cause")) {
            throw new IllegalStateException("no savepoint: " + operation);
        }
        return operation.path("location").asText();
    }

    /** Its id; empty when nobody answers. */
    String job() {
        return get("/jobs").path("jobs").path(0).path("id").asText();
    }

    /** An empty node when nobody answers. */
    private JsonNode get(String path) {
        return send(HttpRequest.newBuilder(address.resolve(path)));
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            return json.readTree(
                    http.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString()).body());
        } catch (IOException e) {
            return json.missingNode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking Flink", e);
        }
    }
}
