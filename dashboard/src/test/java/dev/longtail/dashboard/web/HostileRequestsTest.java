package dev.longtail.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longtail.dashboard.DashboardSettings;
import dev.longtail.dashboard.web.RawRequest.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no page and no honest program sends: each gets the right status, and no more. */
class HostileRequestsTest {

    private static final String TOKEN = "s3cret";

    @TempDir static Path dir;
    private static LoneServer open;
    private static LoneServer guarded;

    @BeforeAll
    static void start() throws IOException {
        Path token = Files.writeString(dir.resolve("token"), TOKEN + "\n");
        DashboardSettings settings = DashboardSettings.of("127.0.0.1", 0, null);
        open = LoneServer.start(settings);
        guarded = LoneServer.start(settings.withTokenFile(token));
    }

    @AfterAll
    static void stop() {
        open.close();
        guarded.close();
    }

    @AfterEach
    void stillServes() throws IOException {
        assertThat(ask(RawRequest.get("/")).status()).isEqualTo(200);
        assertThat(ask(RawRequest.get("/api/experiments")).status()).isEqualTo(200);
    }

    private static Answer ask(String request) throws IOException {
        Answer answer = RawRequest.exchange(open.port(), request);
        assertStrict(answer);
        return answer;
    }

    /** Every answer, whatever its status, forbids what a browser must not do with it. */
    private static void assertStrict(Answer answer) {
        assertThat(answer.headers())
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("referrer-policy", "no-referrer")
                .hasEntrySatisfying(
                        "content-security-policy",
                        policy ->
                                assertThat(policy)
                                        .contains("default-src 'none'", "frame-ancestors 'none'")
                                        .doesNotContain("unsafe"))
                .doesNotContainKeys("server", "x-powered-by");
    }

    private static void assertProblem(Answer answer, int status) throws IOException {
        assertStrict(answer);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.headers().get("content-type")).startsWith("application/problem+json");
        var problem = new ObjectMapper().readTree(answer.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asText()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../../../etc/passwd",
                "/assets/../../../../etc/passwd",
                "/assets/..",
                "/assets/%2e%2e/%2e%2e/versions.properties",
                "/assets/..%2f..%2fversions.properties",
                "/assets/..%5c..%5cversions.properties",
                "/assets/..\\..\\versions.properties",
                "/assets/%252e%252e/%252e%252e/versions.properties",
                "/assets/..;/..;/versions.properties",
                "/assets/.%00./versions.properties",
                "/assets/%c0%ae%c0%ae/%c0%ae%c0%ae/versions.properties",
                "/assets/%u002e%u002e/versions.properties",
                "/assets//../../versions.properties",
                "//etc/passwd",
                "/assets/%2fetc%2fpasswd",
                "/assets/file:///etc/passwd",
                "/assets/main.js%00.png",
                "/assets/main.js/",
                "/assets/main.class",
                "/META-INF/MANIFEST.MF",
                "/assets/../../../../META-INF/MANIFEST.MF"
            })
    void servesNothingButThePagesOwnFiles(String path) throws IOException {
        Answer answer = ask(RawRequest.get(path));
        assertThat(answer.status()).isBetween(400, 499);
        assertProblem(answer, answer.status());
        assertThat(answer.body()).doesNotContain("root:", "echarts=", "Manifest-Version");
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /api/experiments",
        "PUT, /api/experiments",
        "PATCH, /api/experiments/a",
        "POST, /api/experiments",
        "POST, /assets/main.js",
        "GET, /api/session",
        "TRACE, /",
        "CONNECT, /",
        "OPTIONS, /api/experiments",
        "PROPFIND, /",
        "QUERY, /api/experiments"
    })
    void allowsNoMethodThatItDoesNotHave(String method, String path) throws IOException {
        Answer answer = ask(RawRequest.head(method, path));
        assertThat(answer.status()).as(answer.toString()).isIn(400, 404, 405, 501);
        assertProblem(answer, answer.status());
        if (answer.status() == 405) {
            assertThat(answer.headers().get("allow")).isNotBlank();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "evil.example:8090",
                "localhost@evil.example",
                "evil.example#localhost",
                "0.0.0.0",
                "2130706433"
            })
    void answersOnlyToNamesOfThisMachine(String host) throws IOException {
        Answer answer =
                ask(
                        "GET /api/experiments HTTP/1.1\r\nHost: "
                                + host
                                + "\r\nConnection: close\r\n\r\n");
        assertThat(answer.status()).isIn(400, 403);
        assertProblem(answer, answer.status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET http://evil.example/api/experiments HTTP/1.1\r\nHost: localhost\r\n",
                "GET /api/experiments HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n",
                "GET /api/experiments HTTP/1.0\r\n",
                "GET /api/experiments HTTP/1.1\r\n"
            })
    void answersNoRequestOfDoubtfulDestination(String head) throws IOException {
        Answer answer = ask(head + "Connection: close\r\n\r\n");
        assertThat(answer.status()).isIn(400, 403);
        assertProblem(answer, answer.status());
    }

    @Test
    void asksForTheTokenWhateverTheAddressLooksLike() throws IOException {
        for (String path :
                List.of(
                        "/api/experiments",
                        "/api/nothing",
                        "/api/events",
                        "/api//experiments",
                        "/api/./experiments",
                        "/x/../api/experiments",
                        "/api/session/../experiments",
                        "/api/session/",
                        "/api/session;x=1",
                        "/%61pi/experiments",
                        "/API/experiments")) {
            Answer answer = RawRequest.exchange(guarded.port(), RawRequest.get(path));
            assertStrict(answer);
            assertThat(answer.status()).as(path).isIn(400, 401, 404, 405);
            assertThat(answer.body()).as(path).doesNotContain("kafkaConnected", "\"output\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer wrong",
                "Authorization: Bearer",
                "Authorization: Bearer ",
                "Authorization: Basic czNjcmV0",
                "Authorization: s3cret",
                "Authorization: bearer s3cret2",
                "Cookie: longtail-session=",
                "Cookie: longtail-session=s3cret",
                "Cookie: longtail-session=%00; longtail-session=x",
                "X-Authorization: Bearer s3cret"
            })
    void refusesWrongTokens(String header) throws IOException {
        Answer answer =
                RawRequest.exchange(guarded.port(), RawRequest.get("/api/experiments", header));
        assertProblem(answer, 401);
        assertThat(answer.headers()).containsEntry("www-authenticate", "Bearer");
        assertThat(answer.body()).doesNotContain(TOKEN);
        assertProblem(
                RawRequest.exchange(
                        guarded.port(), RawRequest.head("POST", "/api/session", header)),
                401);
    }

    @Test
    void takesTheRightToken() throws IOException {
        String right = "Authorization: Bearer " + TOKEN;
        Answer answer =
                RawRequest.exchange(guarded.port(), RawRequest.get("/api/experiments", right));
        assertThat(answer.status()).isEqualTo(200);
        Answer session =
                RawRequest.exchange(guarded.port(), RawRequest.head("POST", "/api/session", right));
        String cookie = session.headers().get("set-cookie");
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict").doesNotContain(TOKEN);
        Answer later =
                RawRequest.exchange(
                        guarded.port(),
                        RawRequest.get("/api/experiments", "Cookie: " + cookie.split(";")[0]));
        assertThat(later.status()).isEqualTo(200);
    }

    @Test
    void refusesHeadsThatAreTooLarge() throws IOException {
        assertProblem(ask(RawRequest.get("/", "X-Long: " + "x".repeat(100_000))), 431);
        String[] many = new String[5_000];
        for (int at = 0; at < many.length; at++) {
            many[at] = "X-" + at + ": y";
        }
        assertProblem(ask(RawRequest.get("/", many)), 431);
        assertProblem(ask(RawRequest.get("/api/experiments?x=" + "x".repeat(100_000))), 414);
        assertProblem(ask(RawRequest.get("/" + "a/".repeat(50_000))), 414);
    }

    @Test
    void readsNoBodies() throws IOException {
        assertProblem(
                ask(RawRequest.head("POST", "/api/session", "Content-Length: 1000000000000")), 413);
        assertProblem(
                ask(RawRequest.head("GET", "/api/experiments", "Content-Length: 1000000")), 413);
        String endless = "Transfer-Encoding: chunked";
        Answer answer =
                ask(
                        RawRequest.head("POST", "/api/session", endless)
                                + ("10000\r\n" + "x".repeat(0x10000) + "\r\n").repeat(16));
        assertThat(answer.status()).isIn(204, 411, 413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: -1",
                "Content-Length: x",
                "Transfer-Encoding: chunked, identity",
                "Bad Header: x",
                "X-Break: a\u0000b",
                " folded: x",
                ": no name",
                "no colon"
            })
    void refusesAmbiguousHeads(String headers) throws IOException {
        Answer answer = ask(RawRequest.head("POST", "/api/session", headers) + "hello");
        assertThat(answer.status()).as(answer.toString()).isIn(400, 501);
        assertProblem(answer, answer.status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000\u0001\u0002\u0003\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n",
                "GET\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /\u0000 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
            })
    void answersNoiseWithAnError(String noise) throws IOException {
        Answer answer = RawRequest.exchange(open.port(), noise);
        if (answer.status() != 0) {
            assertThat(answer.status()).isIn(400, 404, 426, 501, 505);
            assertProblem(answer, answer.status());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/experiments/%00",
                "/api/experiments/%0d%0aSet-Cookie:%20a=b",
                "/api/experiments/<script>alert(1)</script>",
                "/api/experiments/a%22%3e%3cimg%20src=x%3e/status",
                "/api/experiments/..%2f..%2fetc/status",
                "/api/experiments/x/memorization?limit=1&limit=2&limit=%zz&=&&&"
            })
    void namesThatCannotBeAreNotFound(String path) throws IOException {
        Answer answer = ask(RawRequest.get(path));
        assertThat(answer.status()).isIn(400, 404);
        assertProblem(answer, answer.status());
        assertThat(answer.headers()).doesNotContainKey("set-cookie");
    }

    @Test
    void sendsNoBodyWhereNoneIsAskedFor() throws IOException {
        Answer page = ask(RawRequest.head("HEAD", "/"));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).isEmpty();
        Answer nothing = ask(RawRequest.head("HEAD", "/api/nothing"));
        assertThat(nothing.status()).isEqualTo(404);
        assertThat(nothing.body()).isEmpty();
    }

    @Test
    void repliesToNoWebSocket() throws IOException {
        for (String host : List.of("localhost", "evil.example")) {
            Answer answer =
                    ask(
                            "GET /api/experiments HTTP/1.1\r\nHost: "
                                    + host
                                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade, close\r\n"
                                    + "Sec-WebSocket-Version: 13\r\n"
                                    + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
            assertProblem(answer, 404);
        }
    }
}
