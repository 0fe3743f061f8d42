package dev.longtail.local.running;

import dev.longtail.local.process.ChildProgram.Readiness;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Asks servers on this machine whether they serve. */
final class Probes {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int OK = 200;

    private Probes() {}

    /** Ready when the broker has registered with its controller. */
    static Readiness kafka(int port) {
        return () -> {
            // Before anybody listens the client would only log that it cannot connect.
            if (!isListening(port)) {
                return false;
            }
            try (Admin admin =
                    Admin.create(
                            Map.of(
                                    AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                    "127.0.0.1:" + port))) {
                return !admin.describeCluster()
                        .nodes()
                        .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .isEmpty();
            }
        };
    }

    /** Ready when a page is delivered. */
    static Readiness http(URI page) {
        HttpClient client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(PATIENCE)
                        .build();
        HttpRequest request = HttpRequest.newBuilder(page).timeout(PATIENCE).build();
        return () ->
                client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress("127.0.0.1", port), Math.toIntExact(PATIENCE.toMillis()));
            return true;
        } catch (IOException nobodyListens) {
            return false;
        }
    }
}
