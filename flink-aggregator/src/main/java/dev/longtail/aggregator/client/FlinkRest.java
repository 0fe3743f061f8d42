package dev.longtail.aggregator.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;

/** Asks a Flink cluster what a job is doing. */
public final class FlinkRest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final URI address;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final ObjectMapper mapper = new ObjectMapper();

    /** The cluster with this REST address, for example {@code http://127.0.0.1:8081}. */
    public FlinkRest(URI address) {
        this.address = address;
    }

    /**
     * The state of a job; empty where the cluster does not know it.
     *
     * @throws IOException when the cluster is not reached or answers with something else
     */
    public Optional<JobStatus> status(JobID job) throws IOException {
        String path = "/jobs/" + job.toHexString();
        try {
            return get(path).map(answer -> JobStatus.valueOf(answer.path("state").asText()));
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    address.resolve(path) + " does not answer with the state of a job", e);
        }
    }

    /**
     * Whether all tasks of a job run.
     *
     * @throws IOException when the cluster is not reached or answers with something else
     */
    public boolean runs(JobID job) throws IOException {
        JsonNode tasks =
                get("/jobs/" + job.toHexString())
                        .map(answer -> answer.path("status-counts"))
                        .orElse(mapper.missingNode());
        int all = 0;
        for (JsonNode count : tasks) {
            all += count.asInt();
        }
        return all > 0 && tasks.path("RUNNING").asInt() == all;
    }

    /**
     * What made a job fail, with all causes, the newest failure first.
     *
     * @param most so many at most
     * @throws IOException when the cluster is not reached or answers with something else
     */
    public List<String> failures(JobID job, int most) throws IOException {
        List<String> failures = new ArrayList<>();
        get("/jobs/%s/exceptions?maxExceptions=%d".formatted(job.toHexString(), most))
                .orElse(mapper.missingNode())
                .path("exceptionHistory")
                .path("entries")
                .forEach(entry -> failures.add(entry.path("stacktrace").asText()));
        return failures;
    }

    /**
     * The checkpoint or savepoint that a job was restored from last; empty when it never was.
     *
     * @throws IOException when the cluster is not reached or answers with something else
     */
    public Optional<String> restoredFrom(JobID job) throws IOException {
        return get("/jobs/%s/checkpoints".formatted(job.toHexString()))
                .map(answer -> answer.path("latest").path("restored").path("external_path"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText);
    }

    private Optional<JsonNode> get(String path) throws IOException {
        URI target = address.resolve(path);
        try {
            HttpResponse<String> response =
                    http.send(
                            HttpRequest.newBuilder(target).timeout(TIMEOUT).build(),
                            BodyHandlers.ofString());
            if (response.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            if (response.statusCode() != OK) {
                throw new IOException(
                        "expected status 200 from %s, found %d"
                                .formatted(target, response.statusCode()));
            }
            return Optional.of(mapper.readTree(response.body()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + target, e);
        }
    }
}
