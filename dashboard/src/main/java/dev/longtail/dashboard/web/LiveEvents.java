package dev.longtail.dashboard.web;

import io.javalin.http.sse.SseClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends every viewer the newest state of what they look at, once per interval. The state is
 * composed once per channel, not per viewer; a viewer that reads slowly skips states instead of
 * holding others up or filling memory.
 */
final class LiveEvents implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveEvents.class);
    private static final int SENDING_THREADS = 16;

    private final int mostViewers;
    private final Duration interval;
    private final Function<String, byte[]> state;
    private final Map<String, Set<Viewer>> channels = new ConcurrentHashMap<>();
    private final Map<String, Composed> newest = new ConcurrentHashMap<>();
    private final AtomicInteger viewers = new AtomicInteger();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "live-events"));
    private final ExecutorService sending =
            Executors.newFixedThreadPool(SENDING_THREADS, task -> daemon(task, "send-live-events"));

    /**
     * @param state composes the JSON of a channel; null when the channel has ceased to exist
     */
    LiveEvents(int mostViewers, Duration interval, Function<String, byte[]> state) {
        this.mostViewers = mostViewers;
        this.interval = interval;
        this.state = state;
    }

    void start() {
        clock.scheduleWithFixedDelay(
                this::tick, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Takes on a viewer of a channel and sends the state of this moment. */
    void add(String channel, SseClient client) {
        if (viewers.incrementAndGet() > mostViewers) {
            viewers.decrementAndGet();
            client.sendEvent("full", "{\"mostViewers\":" + mostViewers + "}");
            client.close();
            return;
        }
        Viewer viewer = new Viewer(client);
        client.keepAlive();
        client.onClose(() -> remove(channel, viewer));
        channels.computeIfAbsent(channel, c -> ConcurrentHashMap.newKeySet()).add(viewer);
        deliver(channel, current(channel), Set.of(viewer));
    }

    /** The state of a channel, composed anew only where the last one is older than the interval. */
    private String current(String channel) {
        return newest.compute(
                        channel,
                        (c, last) -> last == null || last.isOlderThan(interval) ? compose(c) : last)
                .json();
    }

    int viewers() {
        return viewers.get();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        channels.values().forEach(all -> all.forEach(viewer -> viewer.client.close()));
        sending.shutdownNow();
    }

    private void tick() {
        channels.forEach(
                (channel, all) -> {
                    if (all.isEmpty()) {
                        newest.remove(channel);
                    } else {
                        Composed now = compose(channel);
                        newest.put(channel, now);
                        deliver(channel, now.json(), all);
                    }
                });
    }

    private Composed compose(String channel) {
        try {
            byte[] json = state.apply(channel);
            return new Composed(
                    System.nanoTime(),
                    json == null ? null : new String(json, StandardCharsets.UTF_8));
        } catch (RuntimeException e) {
            LOG.error("cannot compose the state of '{}'", channel, e);
            return new Composed(System.nanoTime(), null);
        }
    }

    private void deliver(String channel, String json, Set<Viewer> to) {
        for (Viewer viewer : to) {
            if (viewer.client.terminated()) {
                remove(channel, viewer);
            } else if (viewer.begin()) {
                sending.execute(() -> send(viewer, json));
            }
        }
    }

    private static void send(Viewer viewer, String json) {
        try {
            if (json == null) {
                viewer.client.sendEvent("gone", "{}");
            } else {
                viewer.client.sendEvent("state", json);
            }
        } finally {
            viewer.done();
        }
    }

    private void remove(String channel, Viewer viewer) {
        Set<Viewer> all = channels.get(channel);
        if (all != null && all.remove(viewer)) {
            viewers.decrementAndGet();
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * A channel's state.
     *
     * @param json null when the channel has ceased to exist
     */
    private record Composed(long at, String json) {

        boolean isOlderThan(Duration age) {
            return System.nanoTime() - at >= age.toNanos();
        }
    }

    /** One viewer; at most one state is under way to them at a time. */
    private static final class Viewer {

        private final SseClient client;
        private final AtomicBoolean underWay = new AtomicBoolean();

        Viewer(SseClient client) {
            this.client = client;
        }

        boolean begin() {
            return underWay.compareAndSet(false, true);
        }

        void done() {
            underWay.set(false);
        }
    }
}
