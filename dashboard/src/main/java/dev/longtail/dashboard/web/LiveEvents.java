package dev.longtail.dashboard.web;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
    private static final byte[] GONE = EventStream.event("gone", "{}");

    private final int mostViewers;
    private final Duration interval;
    private final Function<String, byte[]> state;
    private final Map<String, Set<EventStream>> channels = new ConcurrentHashMap<>();
    private final Map<String, Composed> newest = new ConcurrentHashMap<>();
    private final AtomicInteger viewers = new AtomicInteger();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "live-events");
                        thread.setDaemon(true);
                        return thread;
                    });

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

    /** Answers a request as a viewer of a channel, beginning with the state of this moment. */
    void view(String channel, Context ctx) {
        EventStream viewer = EventStream.answer(ctx);
        if (viewers.incrementAndGet() > mostViewers) {
            viewers.decrementAndGet();
            viewer.end(EventStream.event("full", "{\"mostViewers\":" + mostViewers + "}"));
            return;
        }
        channels.compute(channel, (c, all) -> with(viewer, all));
        viewer.onClose(() -> remove(channel, viewer));
        viewer.offer(current(channel));
    }

    private static Set<EventStream> with(EventStream viewer, Set<EventStream> others) {
        Set<EventStream> all = others == null ? ConcurrentHashMap.newKeySet() : others;
        all.add(viewer);
        return all;
    }

    private void remove(String channel, EventStream viewer) {
        viewers.decrementAndGet();
        // Anyone may ask for any name: none stays behind without viewers.
        channels.computeIfPresent(
                channel,
                (c, all) -> {
                    all.remove(viewer);
                    return all.isEmpty() ? null : all;
                });
        if (!channels.containsKey(channel)) {
            newest.remove(channel);
        }
    }

    /** The state of a channel, composed anew only where the last one is older than the interval. */
    private byte[] current(String channel) {
        return newest.compute(
                        channel,
                        (c, last) -> last == null || last.isOlderThan(interval) ? compose(c) : last)
                .event();
    }

    int viewers() {
        return viewers.get();
    }

    /** Channels that are kept. */
    int channels() {
        return Math.max(channels.size(), newest.size());
    }

    @Override
    public void close() {
        clock.shutdownNow();
        channels.values().forEach(all -> all.forEach(EventStream::close));
    }

    private void tick() {
        channels.forEach(
                (channel, all) -> {
                    Composed now = compose(channel);
                    newest.put(channel, now);
                    all.forEach(viewer -> viewer.offer(now.event()));
                });
        newest.keySet().retainAll(channels.keySet());
    }

    private Composed compose(String channel) {
        try {
            byte[] json = state.apply(channel);
            return new Composed(
                    System.nanoTime(),
                    json == null
                            ? GONE
                            : EventStream.event("state", new String(json, StandardCharsets.UTF_8)));
        } catch (RuntimeException e) {
            LOG.error("cannot compose the state of '{}'", channel, e);
            return new Composed(System.nanoTime(), GONE);
        }
    }

    /** The event that tells a channel's state. */
    private record Composed(long at, byte[] event) {

        boolean isOlderThan(Duration age) {
            return System.nanoTime() - at >= age.toNanos();
        }
    }
}
