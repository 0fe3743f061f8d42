package dev.longtail.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Hands out loopback ports: the wanted one, else the next free one, which is said. */
public final class Ports {

    private static final int TRIES = 200;
    private static final int LAST = 65_535;

    private final Consumer<String> say;
    private final Set<Integer> given = new HashSet<>();

    /**
     * @param say takes the message when another port than the wanted one is given
     */
    public Ports(Consumer<String> say) {
        this.say = say;
    }

    /**
     * A port that is free now and was not given before.
     *
     * @param what who listens there, for the message
     * @param wanted the first choice, at least 1
     * @throws IllegalStateException when none of the next {@value #TRIES} ports is free
     */
    public int take(String what, int wanted) {
        for (int port = wanted; port < wanted + TRIES && port <= LAST; port++) {
            if (!given.contains(port) && isFree(port)) {
                if (port != wanted) {
                    say.accept("Port %d is taken: %s uses %d.".formatted(wanted, what, port));
                }
                given.add(port);
                return port;
            }
        }
        throw new IllegalStateException(
                "no free port for %s from %d on: choose another range".formatted(what, wanted));
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
