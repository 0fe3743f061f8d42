package dev.longtail.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FreePortsTest {

    @Test
    void noPortIsGivenTwice() {
        assertThat(IntStream.range(0, 2_000).map(k -> FreePorts.take())).doesNotHaveDuplicates();
    }

    @Test
    void aGivenPortCanBeListenedOn() throws Exception {
        int port = FreePorts.take();
        try (ServerSocket server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(server.getLocalPort()).isEqualTo(port);
        }
    }

    @Test
    void processesThatRunGiveDifferentPorts() throws Exception {
        try (Other one = Other.start();
                Other two = Other.start()) {
            assertThat(Stream.concat(one.ports(), two.ports()))
                    .hasSize(2 * Other.PORTS)
                    .doesNotHaveDuplicates();
        }
    }

    /** A process that takes ports, prints them, and runs until it is stopped. */
    record Other(Process process) implements AutoCloseable {

        static final int PORTS = 1_000;

        public static void main(String[] arguments) throws Exception {
            IntStream.range(0, PORTS).forEach(k -> System.out.println(FreePorts.take()));
            System.in.read();
        }

        static Other start() throws Exception {
            return new Other(
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    Other.class.getName())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start());
        }

        Stream<String> ports() {
            return process.inputReader().lines().limit(PORTS);
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
