package dev.longtail.dashboard.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlinkRestTest {

    private static final String JOB = "0123456789abcdef0123456789abcdef";

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private HttpServer flink;
    private FlinkRest rest;

    @BeforeEach
    void start() throws Exception {
        flink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        flink.createContext(
                "/",
                exchange -> {
                    String answer = answers.get(exchange.getRequestURI().getPath());
                    byte[] body = (answer == null ? "{}" : answer).getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        flink.start();
        rest = new FlinkRest(URI.create("http://127.0.0.1:" + flink.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        flink.stop(0);
    }

    @Test
    void readsStateAndNewestCheckpoint() throws Exception {
        answers.put(
                "/jobs/" + JOB,
                "{\"state\":\"RUNNING\",\"status-counts\":{\"RUNNING\":5,\"FINISHED\":1,\"SCHEDULED\":0}}");
        answers.put(
                "/jobs/" + JOB + "/checkpoints",
                "{\"counts\":{\"restored\":2},\"latest\":{\"completed\":{\"trigger_timestamp\":1234}}}");
        JobHealth health = rest.health(JOB);
        assertThat(health.state()).isEqualTo("RUNNING");
        assertThat(health.lastCheckpointAt()).hasValue(1234);
        assertThat(health.restarts()).hasValue(2);
    }

    @Test
    void doesNotCallAJobRunningWhoseTasksAreMissing() throws Exception {
        answers.put(
                "/jobs/" + JOB,
                "{\"state\":\"RUNNING\",\"status-counts\":{\"RUNNING\":4,\"SCHEDULED\":1}}");
        assertThat(rest.health(JOB).state()).isEqualTo(JobHealth.STARTING);
    }

    @Test
    void saysByWhatAJobFailedThatDoesNotRun() throws Exception {
        answers.put(
                "/jobs/" + JOB + "/exceptions",
                "{\"exceptionHistory\":{\"entries\":[{\"stacktrace\":\"a.B: no\\nCaused by: c.D: No space left\\n\"}]}}");
        answers.put("/jobs/" + JOB, "{\"state\":\"RESTARTING\"}");
        assertThat(rest.health(JOB).failure()).contains("c.D: No space left");
        answers.put("/jobs/" + JOB, "{\"state\":\"RUNNING\",\"status-counts\":{\"RUNNING\":4}}");
        assertThat(rest.health(JOB).failure()).isEmpty();
    }

    @Test
    void tellsAnUnknownJobFromAFlinkThatDoesNotAnswer() throws Exception {
        assertThat(rest.health(JOB).state()).isEqualTo(JobHealth.UNKNOWN);
        assertThat(rest.health("../overview").state()).isEqualTo(JobHealth.UNKNOWN);
        answers.put("/jobs/" + JOB, "no json");
        assertThat(rest.health(JOB).state()).isEqualTo(JobHealth.UNREACHABLE);
        flink.stop(0);
        assertThat(rest.health(JOB).state()).isEqualTo(JobHealth.UNREACHABLE);
    }
}
