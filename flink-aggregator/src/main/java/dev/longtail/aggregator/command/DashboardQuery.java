package dev.longtail.aggregator.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks a dashboard in place of Kafka and the job's state: the only way from outside a cluster, as
 * queryable state has neither TLS nor authentication.
 */
final class DashboardQuery {

    private static final int OK = 200;

    private final URI dashboard;
    private final String token;
    private final Duration timeout;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http;

    /**
     * @param dashboard its address; pages of it will do
     * @param tokenFile file with the dashboard's token; null where it asks for none
     * @throws IllegalArgumentException when the address is none, or the file cannot be read
     */
    DashboardQuery(URI dashboard, Path tokenFile, Duration timeout) {
        if (dashboard.getHost() == null
                || !List.of("http", "https").contains(String.valueOf(dashboard.getScheme()))) {
            throw new IllegalArgumentException(
                    "--url: expected http://HOST or https://HOST, found '%s'".formatted(dashboard));
        }
        this.dashboard = dashboard;
        this.token = tokenFile == null ? null : token(tokenFile);
        this.timeout = timeout;
        this.http = HttpClient.newBuilder().connectTimeout(timeout).build();
    }

    private static String token(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException("--token-file: cannot read " + file, e);
        }
    }

    /**
     * The dashboard's answer.
     *
     * @param output the experiment or output; null where there is only one
     * @param asJson for programs, otherwise for people
     * @throws IllegalStateException when the dashboard refuses, with what it says
     * @throws UncheckedIOException when it is not reached
     */
    String ask(String output, EstimateQuestion question, boolean asJson) {
        String name = output == null ? onlyOutput() : output;
        return get(
                "/api/experiments/"
                        + URLEncoder.encode(name, StandardCharsets.UTF_8)
                        + "/"
                        + question.path(),
                asJson ? "application/json" : "text/plain");
    }

    private String onlyOutput() {
        List<String> outputs = new ArrayList<>();
        parse(get("/api/experiments", "application/json"))
                .forEach(status -> outputs.add(status.path("output").asText()));
        if (outputs.size() != 1) {
            throw new IllegalArgumentException(
                    outputs.isEmpty()
                            ? "the dashboard at %s shows no experiment yet".formatted(dashboard)
                            : "expected --experiment, one of " + String.join(", ", outputs));
        }
        return outputs.get(0);
    }

    private String get(String path, String accept) {
        URI address = dashboard.resolve(path);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(timeout).header("Accept", accept);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            if (response.statusCode() != OK) {
                throw new IllegalStateException(refusal(address, response));
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot ask the dashboard at " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking " + address, e);
        }
    }

    /** What the dashboard says, or that something else stands there. */
    private String refusal(URI address, HttpResponse<String> response) {
        boolean problem =
                response.headers()
                        .firstValue("Content-Type")
                        .filter(type -> type.startsWith("application/problem+json"))
                        .isPresent();
        if (response.statusCode() == 401 && token == null) {
            return "the dashboard at %s asks for a token: give its file by --token-file"
                    .formatted(dashboard);
        }
        return problem
                ? parse(response.body()).path("detail").asText()
                : "expected a dashboard at %s, found an answer with status %d"
                        .formatted(address, response.statusCode());
    }

    private JsonNode parse(String body) {
        try {
            return json.readTree(body);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "expected a dashboard at %s, found an answer that is no JSON"
                            .formatted(dashboard),
                    e);
        }
    }
}
