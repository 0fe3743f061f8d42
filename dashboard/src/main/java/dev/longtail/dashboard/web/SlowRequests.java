package dev.longtail.dashboard.web;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;

/**
 * Closes connections on which a request takes too long to arrive. The server's idle timeout does
 * not: a client that sends a byte now and then is never idle, and enough of them would use up all
 * connections.
 */
final class SlowRequests implements AutoCloseable {

    private final Duration longest;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "slow-requests");
                        thread.setDaemon(true);
                        return thread;
                    });
    private Map<Connection, Arrival> arrivals = new HashMap<>();

    /**
     * What arrived on a connection.
     *
     * @param requests whole heads of requests
     * @param bytes when the last of them was complete
     * @param since when bytes of the next one were first seen, in nanoseconds of the clock
     */
    private record Arrival(long requests, long bytes, long since) {}

    SlowRequests(Duration longest) {
        this.longest = longest;
    }

    /** Begins to watch a server that listens. */
    void watch(Server server) {
        long interval = Math.max(1, longest.toMillis() / 10);
        clock.scheduleWithFixedDelay(() -> look(server), interval, interval, TimeUnit.MILLISECONDS);
    }

    private void look(Server server) {
        Map<Connection, Arrival> now = new HashMap<>();
        for (Connector connector : server.getConnectors()) {
            for (EndPoint endPoint : connector.getConnectedEndPoints()) {
                Connection connection = endPoint.getConnection();
                if (connection != null) {
                    look(connection, now);
                }
            }
        }
        arrivals = now;
    }

    private void look(Connection connection, Map<Connection, Arrival> now) {
        Arrival before = arrivals.getOrDefault(connection, new Arrival(0, 0, 0));
        long requests = connection.getMessagesIn();
        long bytes = connection.getBytesIn();
        if (requests != before.requests()) {
            now.put(connection, new Arrival(requests, bytes, 0));
        } else if (bytes == before.bytes()) {
            now.put(connection, before);
        } else if (before.since() == 0) {
            now.put(connection, new Arrival(requests, before.bytes(), System.nanoTime()));
        } else if (System.nanoTime() - before.since() > longest.toNanos()) {
            connection.getEndPoint().close();
        } else {
            now.put(connection, before);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
