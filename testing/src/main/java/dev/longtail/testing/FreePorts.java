package dev.longtail.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Loopback ports for servers that must know theirs before they start, or keep it over a restart.
 *
 * <p>They come in blocks. A process listens on the first port of each of its blocks as long as it
 * lives, which tells other processes that the rest may be given away although nobody listens there
 * yet: tests run in several processes at once.
 */
public final class FreePorts {

    /** Below the range from which the system takes ports of outgoing connections. */
    private static final int FIRST = 12_000;

    private static final int BLOCK = 50;
    private static final int BLOCKS = 400;

    private static final Set<Integer> LOOKED_AT = new HashSet<>();
    private static final Set<ServerSocket> CLAIMS = new HashSet<>();
    private static final Deque<Integer> LEFT = new ArrayDeque<>();

    private FreePorts() {}

    /**
     * A port from 12,000 up to 32,000 on which nobody listens and which neither this process has
     * been given before nor another one that runs.
     *
     * @throws IllegalStateException when all of them have been given
     */
    public static synchronized int take() {
        while (true) {
            while (!LEFT.isEmpty()) {
                int port = LEFT.remove();
                if (isFree(port)) {
                    return port;
                }
            }
            claimBlock();
        }
    }

    private static void claimBlock() {
        while (LOOKED_AT.size() < BLOCKS) {
            int block = ThreadLocalRandom.current().nextInt(BLOCKS);
            if (LOOKED_AT.add(block)) {
                int first = FIRST + block * BLOCK;
                try {
                    CLAIMS.add(listen(first));
                } catch (IOException taken) {
                    // Another process has this block: try another.
                    continue;
                }
                for (int port = first + 1; port < first + BLOCK; port++) {
                    LEFT.add(port);
                }
                return;
            }
        }
        throw new IllegalStateException(
                "no free loopback ports from %d to %d".formatted(FIRST, FIRST + BLOCKS * BLOCK));
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = listen(port)) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
