package dev.longtail.aggregator.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;

/** Asks a Flink cluster what a job is doing. */
public final class FlinkRest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
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
        URI target = address.resolve("/jobs/" + job.toHexString());
        try {
            HttpResponse<String> response =
                    http.send(
                            HttpRequest.newBuilder(target).timeout(TIMEOUT).build(),
                            BodyHandlers.ofString());
            if (response.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            String state = mapper.readTree(response.body()).path("state").asText();
            return Optional.of(JobStatus.valueOf(state));
        } catch (IllegalArgumentException e) {
            throw new IOException(target + " does not answer with the state of a job", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + target, e);
        }
    }
}
