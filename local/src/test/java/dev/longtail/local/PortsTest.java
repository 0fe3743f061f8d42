package dev.longtail.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortsTest {

    private final List<String> said = new ArrayList<>();
    private final Ports ports = new Ports(said::add);

    @Test
    void aTakenPortIsReplacedAndNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = ports.take("the dashboard", taken.getLocalPort());
            assertThat(port).isGreaterThan(taken.getLocalPort());
            assertThat(said)
                    .containsExactly(
                            "Port %d is taken: the dashboard uses %d."
                                    .formatted(taken.getLocalPort(), port));
        }
    }

    @Test
    void noPortIsGivenTwice() throws Exception {
        int free;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = probe.getLocalPort();
        }
        int first = ports.take("a", free);
        assertThat(ports.take("b", first)).isNotEqualTo(first);
    }
}
