package dev.longtail.aggregator.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sent to a dashboard, and what becomes of its answers. */
class DashboardQueryTest {

    private static final EstimateQuestion QUESTION = new EstimateQuestion.Influence(17, 42);

    @TempDir Path dir;
    private HttpServer server;
    private String experiments = "[{\"output\":\"digits\"}]";
    private String type = "application/json";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** Lets in who has the token, and repeats the question. */
    private void answer(HttpExchange exchange) throws IOException {
        boolean known =
                "Bearer open".equals(exchange.getRequestHeaders().getFirst("Authorization"));
        String path = exchange.getRequestURI().toString();
        String body =
                known
                        ? path.equals("/api/experiments")
                                ? experiments
                                : exchange.getRequestHeaders().getFirst("Accept") + " " + path
                        : "{\"detail\":\"another token\"}";
        exchange.getResponseHeaders()
                .set("Content-Type", known ? "application/json" : "application/problem+json");
        if (!type.equals("application/json")) {
            exchange.getResponseHeaders().set("Content-Type", type);
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(known ? 200 : 401, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private DashboardQuery dashboard(String token) throws IOException {
        Path file = token == null ? null : Files.writeString(dir.resolve("token"), token + "\n");
        return new DashboardQuery(address(), file, Duration.ofSeconds(30));
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/e/digits");
    }

    @Test
    void asksWithTheTokenOfTheFile() throws IOException {
        assertThat(dashboard("open").ask("a", QUESTION, true))
                .isEqualTo("application/json /api/experiments/a/query/influence?train=17&test=42");
    }

    @Test
    void theOnlyExperimentNeedsNoName() throws IOException {
        assertThat(dashboard("open").ask(null, QUESTION, false))
                .isEqualTo("text/plain /api/experiments/digits/query/influence?train=17&test=42");
    }

    @Test
    void ofSeveralExperimentsOneMustBeNamed() {
        experiments = "[{\"output\":\"digits\"},{\"output\":\"letters\"}]";

        assertThatThrownBy(() -> dashboard("open").ask(null, QUESTION, true))
                .hasMessage("expected --experiment, one of digits, letters");
    }

    @Test
    void saysThatATokenIsMissing() {
        assertThatThrownBy(() -> dashboard(null).ask("digits", QUESTION, true))
                .hasMessageContaining("asks for a token: give its file by --token-file");
    }

    @Test
    void saysWhatTheDashboardSays() {
        assertThatThrownBy(() -> dashboard("wrong").ask("digits", QUESTION, true))
                .hasMessage("another token");
    }

    @Test
    void saysThatSomethingElseStandsThere() {
        type = "text/html";

        assertThatThrownBy(() -> dashboard("wrong").ask("digits", QUESTION, true))
                .hasMessageContaining("expected a dashboard at")
                .hasMessageContaining("found an answer with status 401");
    }

    @Test
    void saysThatNobodyIsThere() throws IOException {
        DashboardQuery dashboard = dashboard("open");
        server.stop(0);

        assertThatThrownBy(() -> dashboard.ask("digits", QUESTION, true))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot ask the dashboard at");
    }

    @Test
    void anAddressWithoutASchemeIsRefused() {
        assertThatThrownBy(() -> new DashboardQuery(URI.create("host:80"), null, Duration.ZERO))
                .hasMessage("--url: expected http://HOST or https://HOST, found 'host:80'");
    }
}
