package dev.longtail.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortsTest {

    @Test
    void noPortIsGivenTwice() {
        // Drawn independently, 2,000 of 20,000 ports would repeat each other about a hundred times.
        assertThat(IntStream.range(0, 2_000).map(k -> FreePorts.take())).doesNotHaveDuplicates();
    }

    @Test
    void aGivenPortCanBeListenedOn() throws Exception {
        int port = FreePorts.take();
        try (ServerSocket server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(server.getLocalPort()).isEqualTo(port);
        }
    }
}
