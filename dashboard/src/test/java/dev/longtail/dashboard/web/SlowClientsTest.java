package dev.longtail.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longtail.dashboard.DashboardSettings;
import io.javalin.Javalin;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that take their time hold up nobody else. */
class SlowClientsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int MANY = 100;
    private static final int MORE_THAN_TWO_VIEWERS_MAY_HAVE = 20;

    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** More of them than the server has threads, each asking for a megabyte. */
    @Test
    void servesOthersWhileManyDoNotReadTheirAnswers() throws IOException {
        try (LoneServer server = LoneServer.start(DashboardSettings.of("127.0.0.1", 0, null))) {
            int threads = Thread.activeCount();
            for (int k = 0; k < MANY; k++) {
                sockets.add(
                        RawRequest.sleeper(server.port(), RawRequest.get("/assets/echarts.js")));
            }
            for (int k = 0; k < MANY; k++) {
                assertThat(
                                RawRequest.exchange(
                                                server.port(), RawRequest.get("/api/experiments"))
                                        .status())
                        .isEqualTo(200);
            }
            assertThat(Thread.activeCount()).isLessThan(threads + 50);
        }
    }

    @Test
    void servesOthersWhileManySendHalfARequest() throws IOException {
        try (LoneServer server = LoneServer.start(DashboardSettings.of("127.0.0.1", 0, null))) {
            for (int k = 0; k < MANY; k++) {
                sockets.add(RawRequest.sleeper(server.port(), "GET / HTTP/1.1\r\nHost: loc"));
                sockets.add(
                        RawRequest.sleeper(
                                server.port(),
                                RawRequest.head("POST", "/api/session", "Content-Length: 9")));
            }
            assertThat(
                            RawRequest.exchange(server.port(), RawRequest.get("/api/experiments"))
                                    .status())
                    .isEqualTo(200);
        }
    }

    /** The server stops taking more; they wait, and cost it nothing. */
    @Test
    void servesAgainAfterAllConnectionsWereTaken() throws IOException {
        DashboardSettings settings = DashboardSettings.of("127.0.0.1", 0, null).withMostViewers(2);
        try (LoneServer server = LoneServer.start(settings)) {
            int threads = Thread.activeCount();
            for (int k = 0; k < MORE_THAN_TWO_VIEWERS_MAY_HAVE; k++) {
                sockets.add(RawRequest.connect(server.port(), false));
            }
            assertThat(Thread.activeCount()).isLessThan(threads + 50);
            hangUp();
            // What comes while the last of them are being closed may be turned away.
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(
                            () ->
                                    RawRequest.exchange(server.port(), RawRequest.get("/")).status()
                                            == 200);
        }
    }

    /** A byte now and then is never idle, and never a request. */
    @Test
    void closesConnectionsWhoseRequestDoesNotArrive() throws IOException {
        AtomicInteger answered = new AtomicInteger();
        Javalin server =
                Javalin.create(
                        config -> {
                            config.startup.showJavalinBanner = false;
                            config.routes.get(
                                    "/",
                                    ctx -> ctx.result(String.valueOf(answered.incrementAndGet())));
                        });
        server.start("127.0.0.1", 0);
        try (SlowRequests slow = new SlowRequests(Duration.ofMillis(300));
                Socket dripping = RawRequest.connect(server.port(), false);
                Socket honest = RawRequest.connect(server.port(), false)) {
            slow.watch(server.jettyServer().server());
            RawRequest.send(dripping, "GET / HTTP/1.1\r\nHost: localhost\r\nX: ");
            await().atMost(PATIENCE)
                    .until(
                            () -> {
                                RawRequest.send(
                                        honest, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
                                assertThat(honest.getInputStream().read()).isEqualTo('H');
                                assertThat(honest.getInputStream().skip(1)).isEqualTo(1);
                                honest.getInputStream()
                                        .readNBytes(honest.getInputStream().available());
                                return isClosedAfterAnotherByte(dripping);
                            });
            int before = answered.get();
            RawRequest.send(honest, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            await().atMost(PATIENCE).until(() -> answered.get() > before);
        } finally {
            server.stop();
        }
    }

    private static boolean isClosedAfterAnotherByte(Socket socket) {
        try {
            RawRequest.send(socket, "x");
            return false;
        } catch (IOException closed) {
            return true;
        }
    }
}
