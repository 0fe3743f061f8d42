package dev.longtail.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longtail.testing.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A dashboard as a process of its own, and questions to it. */
final class DashboardProcess implements AutoCloseable {

    /** Heap of the process. */
    static final int HEAP_MEGABYTES = 256;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final int port = FreePorts.take();
    private final OsProcess process;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    /** An answer of the interface; its JSON is missing where it is none. */
    record Answer(int status, String type, JsonNode json) {}

    /**
     * Starts a dashboard.
     *
     * @param kafkaArguments how it reaches Kafka
     */
    DashboardProcess(TestedSystem system, String name, List<String> kafkaArguments) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "dashboard",
                                "--dashboard-port=" + port,
                                "--flink-rest=" + system.flink.rest()));
        arguments.addAll(kafkaArguments);
        process =
                OsProcess.start(
                        system.dir.resolve("dashboard-" + name + ".log"),
                        OsProcess.productClassPath(),
                        List.of("-Xmx" + HEAP_MEGABYTES + "m"),
                        "dev.longtail.cli.Longtail",
                        arguments);
    }

    OsProcess process() {
        return process;
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Asks for JSON; what does not answer at all has status 0. */
    Answer get(String path) {
        HttpRequest request =
                HttpRequest.newBuilder(address(path)).timeout(Duration.ofSeconds(60)).build();
        try {
            HttpResponse<byte[]> response =
                    http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    JSON.readTree(response.body()));
        } catch (IOException e) {
            assertThat(process.isAlive()).as("the dashboard lives").isTrue();
            return new Answer(0, e.toString(), JSON.missingNode());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }

    /** The word for how far an experiment's figures can be trusted now; empty where unknown. */
    String phase(String experiment) {
        return get("/api/experiments/" + experiment + "/status").json().path("phase").asText();
    }

    @Override
    public void close() {
        process.close();
    }
}
