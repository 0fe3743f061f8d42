package dev.longtail.local.experiments;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import dev.longtail.dashboard.flink.FlinkRest;
import dev.longtail.dashboard.flink.JobHealth;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Ends jobs over Flink's REST interface. */
final class FlinkJobs {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration ENDED_WITHIN = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final int ACCEPTED = 202;

    private final URI base;
    private final FlinkRest rest;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();

    FlinkJobs(URI base) {
        this.base = base;
        this.rest = new FlinkRest(base);
    }

    /**
     * Cancels a job if it runs and waits until it has ended.
     *
     * @param jobId 32 hexadecimal digits
     * @throws IllegalStateException when Flink does not answer or the job does not end
     */
    void cancel(String jobId) throws InterruptedException {
        JobHealth health = rest.health(jobId);
        if (health.state().equals(JobHealth.UNREACHABLE)) {
            throw new IllegalStateException(
                    "Flink does not answer at %s: whether the job %s still counts is unknown, so nothing was deleted"
                            .formatted(base, jobId));
        }
        if (health.hasEnded() || health.state().equals(JobHealth.UNKNOWN)) {
            return;
        }
        requestCancel(jobId);
        JobHealth ended =
                Failsafe.with(
                                RetryPolicy.<JobHealth>builder()
                                        .handleResultIf(found -> !found.hasEnded())
                                        .withDelay(LOOK)
                                        .withMaxRetries(-1)
                                        .withMaxDuration(ENDED_WITHIN)
                                        .build())
                        .get(() -> rest.health(jobId));
        if (!ended.hasEnded()) {
            throw new IllegalStateException(
                    "the job %s was cancelled but is still %s; nothing was deleted"
                            .formatted(jobId, ended.state()));
        }
    }

    private void requestCancel(String jobId) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(base.resolve("/jobs/" + jobId + "?mode=cancel"))
                        .timeout(PATIENCE)
                        .method("PATCH", BodyPublishers.noBody())
                        .build();
        try {
            HttpResponse<String> response =
                    http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != ACCEPTED) {
                throw new IllegalStateException(
                        "expected status 202 from %s, found %d: %s"
                                .formatted(request.uri(), response.statusCode(), response.body()));
            }
        } catch (IOException e) {
            throw new IllegalStateException("Flink does not answer at " + base, e);
        }
    }
}
