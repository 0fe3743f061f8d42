package dev.longtail.faults;

import static org.awaitility.Awaitility.await;

import dev.longtail.testing.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** {@code longtail broker} on ports and data that stay the same over restarts. */
final class BrokerProcess implements AutoCloseable {

    /** Heap of the process. */
    static final int HEAP_MEGABYTES = 384;

    private final Path dir;
    private final int port = FreePorts.take();
    private final int controllerPort = FreePorts.take();
    private OsProcess process;

    /**
     * Describes it; it does not run yet.
     *
     * @param dir takes its log, and its data in a directory of their own
     */
    BrokerProcess(Path dir) {
        this.dir = dir;
    }

    /** Where its topics are. */
    Path data() {
        return dir.resolve("kafka");
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    OsProcess process() {
        return process;
    }

    /** Starts the broker; back when it takes connections. */
    void start() {
        process =
                OsProcess.start(
                        dir.resolve("broker.log"),
                        OsProcess.productClassPath(),
                        List.of("-Xmx" + HEAP_MEGABYTES + "m"),
                        "dev.longtail.cli.Longtail",
                        List.of(
                                "broker",
                                "--broker-data=" + data(),
                                "--broker-port=" + port,
                                "--controller-port=" + controllerPort));
        await().atMost(Duration.ofSeconds(90)).until(this::answers);
    }

    private boolean answers() {
        try (Socket socket = connect()) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** A connection to it. */
    Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
