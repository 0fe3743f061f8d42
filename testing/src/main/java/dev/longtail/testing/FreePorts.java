package dev.longtail.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Loopback ports for servers that must know theirs before they start, or keep it over a restart.
 */
public final class FreePorts {

    /** Below the range from which the system takes ports of outgoing connections. */
    private static final int FIRST = 12_000;

    private static final int LAST = 32_000;

    /** A server that has not bound its port yet must not lose it to the next one. */
    private static final Set<Integer> TAKEN = new HashSet<>();

    private FreePorts() {}

    /**
     * A port from {@value #FIRST} up to {@value #LAST} on which nobody listens and which this
     * process has not been given before.
     *
     * @throws IllegalStateException when all of them have been given
     */
    public static synchronized int take() {
        while (TAKEN.size() < LAST - FIRST) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (TAKEN.add(port) && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException(
                "no free loopback port from %d to %d".formatted(FIRST, LAST));
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
