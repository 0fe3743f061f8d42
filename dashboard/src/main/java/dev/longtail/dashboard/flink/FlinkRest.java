package dev.longtail.dashboard.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longtail.aggregator.cluster.RestoreWatch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.flink.api.common.JobID;

/** Asks Flink's REST interface about jobs. */
public final class FlinkRest {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final URI base;
    private final dev.longtail.aggregator.client.FlinkRest failures;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();

    /**
     * @param base address of the REST interface, for example {@code http://127.0.0.1:8081}
     */
    public FlinkRest(URI base) {
        this.base = base;
        this.failures = new dev.longtail.aggregator.client.FlinkRest(base);
    }

    /**
     * The health of a job.
     *
     * @param jobId 32 hexadecimal digits
     * @throws InterruptedException when interrupted while waiting for the answer
     */
    public JobHealth health(String jobId) throws InterruptedException {
        if (!jobId.matches("[0-9a-f]{32}")) {
            return JobHealth.of(JobHealth.UNKNOWN);
        }
        try {
            JsonNode job = get("/jobs/" + jobId);
            if (job == null) {
                return JobHealth.of(JobHealth.UNKNOWN);
            }
            JsonNode checkpoints = get("/jobs/" + jobId + "/checkpoints");
            String state = state(job);
            return new JobHealth(
                    state,
                    lastCheckpoint(checkpoints),
                    restarts(checkpoints),
                    failedCheckpoints(checkpoints),
                    state.equals(JobHealth.RUNNING) ? Optional.empty() : failure(jobId));
        } catch (IOException e) {
            return JobHealth.of(JobHealth.UNREACHABLE);
        }
    }

    private static String state(JsonNode job) {
        String state = job.path("state").asText(JobHealth.UNKNOWN);
        if (!state.equals(JobHealth.RUNNING)) {
            return state;
        }
        for (Map.Entry<String, JsonNode> tasks : job.path("status-counts").properties()) {
            boolean atWork = tasks.getKey().equals("RUNNING") || tasks.getKey().equals("FINISHED");
            if (!atWork && tasks.getValue().asInt() > 0) {
                return JobHealth.STARTING;
            }
        }
        return state;
    }

    private static OptionalLong lastCheckpoint(JsonNode checkpoints) {
        if (checkpoints == null) {
            return OptionalLong.empty();
        }
        JsonNode completed = checkpoints.path("latest").path("completed");
        JsonNode restored = checkpoints.path("latest").path("restored");
        JsonNode at = completed.path("trigger_timestamp");
        // Right after a restore there is none of this run yet, but the restored one's content is.
        JsonNode fallback = restored.path("restore_timestamp");
        if (at.isNumber()) {
            return OptionalLong.of(at.asLong());
        }
        return fallback.isNumber() ? OptionalLong.of(fallback.asLong()) : OptionalLong.empty();
    }

    private static OptionalInt restarts(JsonNode checkpoints) {
        JsonNode restored =
                checkpoints == null ? null : checkpoints.path("counts").path("restored");
        return restored == null || !restored.isNumber()
                ? OptionalInt.empty()
                : OptionalInt.of(restored.asInt());
    }

    /** Numbers of checkpoints are consecutive, whether they fail or not. */
    private static OptionalInt failedCheckpoints(JsonNode checkpoints) {
        if (checkpoints == null) {
            return OptionalInt.empty();
        }
        JsonNode latest = checkpoints.path("latest");
        int failed = latest.path("failed").path("id").asInt();
        int since =
                Math.max(
                        latest.path("completed").path("id").asInt(),
                        latest.path("restored").path("id").asInt());
        return OptionalInt.of(Math.max(0, failed - since));
    }

    private Optional<String> failure(String jobId) throws IOException {
        return new RestoreWatch(failures, JobID.fromHexString(jobId)).lastFailure();
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).GET().build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() == NOT_FOUND) {
            return null;
        }
        if (response.statusCode() != OK) {
            throw new IOException(
                    "expected status 200 from %s, found %d"
                            .formatted(request.uri(), response.statusCode()));
        }
        return json.readTree(response.body());
    }
}
