package dev.longtail.faults;

import dev.longtail.local.Ports;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for servers that must keep theirs over a restart. */
final class FreePort {

    /** Below the range from which the system takes ports of outgoing connections. */
    private static final int FIRST = 12_000;

    private static final int LAST = 32_000;
    private static final Ports PORTS = new Ports(message -> {});

    private FreePort() {}

    static synchronized int take() {
        return PORTS.take("a test", ThreadLocalRandom.current().nextInt(FIRST, LAST));
    }
}
