package dev.longtail.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.javalin.Javalin;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveEventsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int VIEWERS = 200;
    private static final int SLEEPERS = 60;

    private final AtomicInteger composed = new AtomicInteger();
    private LiveEvents live;
    private Javalin server;

    @AfterEach
    void stop() {
        live.close();
        server.stop();
    }

    @Test
    void composesOneStateForAllViewers() {
        Duration interval = Duration.ofMillis(500);
        long began = System.nanoTime();
        start(500, interval);
        List<Listener> listeners = new ArrayList<>();
        HttpClient http = HttpClient.newHttpClient();
        for (int k = 0; k < VIEWERS; k++) {
            listeners.add(listen(http));
        }
        await().atMost(PATIENCE).until(() -> live.viewers() == VIEWERS);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(listeners)
                                        .allSatisfy(
                                                l ->
                                                        assertThat(l.states.get())
                                                                .isGreaterThanOrEqualTo(4)));
        int states = composed.get();
        long intervals = (System.nanoTime() - began) / interval.toNanos();
        // The clock composes one an interval at most, and between two whoever comes meanwhile.
        assertThat(states).isLessThanOrEqualTo(2 * (int) intervals + 2);
    }

    @Test
    void turnsAwayWhoIsOneTooMany() {
        start(2, Duration.ofMillis(100));
        HttpClient http = HttpClient.newHttpClient();
        Listener first = listen(http);
        Listener second = listen(http);
        await().atMost(PATIENCE).until(() -> live.viewers() == 2);
        Listener third = listen(http);
        await().atMost(PATIENCE).until(() -> third.full.get() == 1);
        int before = first.states.get();
        await().atMost(PATIENCE).until(() -> first.states.get() > before);
        assertThat(second.full.get()).isZero();
        assertThat(third.states.get()).isZero();
        assertThat(live.viewers()).isEqualTo(2);
    }

    @Test
    void isNotHeldUpByViewersWhoDoNotRead() throws IOException {
        start(100, Duration.ofMillis(20));
        List<Socket> sleepers = new ArrayList<>();
        try {
            for (int k = 0; k < SLEEPERS; k++) {
                sleepers.add(RawRequest.sleeper(server.port(), RawRequest.get("/events")));
            }
            await().atMost(PATIENCE).until(() -> live.viewers() == SLEEPERS);
            Listener awake = listen(HttpClient.newHttpClient());
            await().atMost(PATIENCE).until(() -> awake.states.get() > 50);
        } finally {
            for (Socket sleeper : sleepers) {
                sleeper.close();
            }
        }
        await().atMost(PATIENCE).until(() -> live.viewers() <= 1);
    }

    @Test
    void keepsNothingOfNamesThatNobodyLooksAtAnyMore() throws IOException {
        start(10, Duration.ofMillis(20));
        for (int k = 0; k < 200; k++) {
            RawRequest.sleeper(server.port(), RawRequest.get("/events?channel=" + k)).close();
        }
        await().atMost(PATIENCE).until(() -> live.viewers() == 0);
        await().atMost(PATIENCE).until(() -> live.channels() == 0);
    }

    @Test
    void forgetsViewersWhoLeave() throws IOException {
        start(10, Duration.ofMillis(50));
        try (Socket leaver = RawRequest.sleeper(server.port(), RawRequest.get("/events"))) {
            await().atMost(PATIENCE).until(() -> live.viewers() == 1);
        }
        await().atMost(PATIENCE).until(() -> live.viewers() == 0);
    }

    private void start(int mostViewers, Duration interval) {
        String payload = "{\"text\":\"" + "x".repeat(100_000) + "\"}";
        live =
                new LiveEvents(
                        mostViewers,
                        interval,
                        channel -> {
                            composed.incrementAndGet();
                            return payload.getBytes(StandardCharsets.UTF_8);
                        });
        server =
                Javalin.create(
                        config -> {
                            config.startup.showJavalinBanner = false;
                            config.routes.get(
                                    "/events",
                                    ctx ->
                                            live.view(
                                                    ctx.queryParamAsClass("channel", String.class)
                                                            .getOrDefault("a"),
                                                    ctx));
                        });
        server.start("127.0.0.1", 0);
        live.start();
    }

    private Listener listen(HttpClient http) {
        Listener listener = new Listener();
        http.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/events"))
                        .header("Accept", "text/event-stream")
                        .build(),
                HttpResponse.BodyHandlers.fromLineSubscriber(listener));
        return listener;
    }

    private static final class Listener implements Flow.Subscriber<String> {
        private final AtomicInteger states = new AtomicInteger();
        private final AtomicInteger full = new AtomicInteger();

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            if (line.equals("event: state")) {
                states.incrementAndGet();
            } else if (line.equals("event: full")) {
                full.incrementAndGet();
            }
        }

        @Override
        public void onError(Throwable error) {}

        @Override
        public void onComplete() {}
    }
}
