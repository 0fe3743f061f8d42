package dev.longtail.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a dashboard's interface as a program would. */
final class Api {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final URI base;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    Api(URI base) {
        this.base = base;
    }

    /** The answer to a GET request, which must be a success. */
    JsonNode json(String path) {
        HttpResponse<byte[]> response = get(path);
        if (response.statusCode() != 200) {
            throw new AssertionError(
                    path + ": " + response.statusCode() + " " + new String(response.body()));
        }
        return parse(response.body());
    }

    /**
     * Waits until all that was published of an output so far has been read. Its topics, and those
     * of its examples, are read by threads of their own, each topic at its own pace: figures of one
     * say nothing about another.
     *
     * @param trials of the newest refresh
     * @param lastPictured the test example whose picture was published last; negative where none
     *     was
     */
    void awaitAllRead(String output, int trials, int lastPictured) {
        String one = "/api/experiments/" + output;
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> {
                            JsonNode status = json(one + "/status");
                            assertThat(status.path("phase").asText()).isNotEqualTo("loading");
                            assertThat(status.path("kafkaConnected").asBoolean()).isTrue();
                            assertThat(status.path("trials").asInt()).isEqualTo(trials);
                            assertThat(status.path("lag").isNumber()).isTrue();
                        });
        if (lastPictured >= 0) {
            String picture = one + "/examples/test/" + lastPictured + "/picture";
            await().atMost(PATIENCE).until(() -> get(picture).statusCode() == 200);
        }
    }

    /**
     * The answer to a GET request, whatever it is.
     *
     * @param headers names and values in turn
     */
    HttpResponse<byte[]> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError(request.uri() + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + new String(body), e);
        }
    }
}
