package dev.longtail.benchmarks.counting;

import dev.longtail.local.Ports;
import dev.longtail.local.broker.BrokerCommand;
import dev.longtail.local.process.StopRequest;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine;

/** A Kafka of its own for the benchmark, in its own process, on free ports. */
public final class BenchBroker implements AutoCloseable {

    /** Below the range from which the system takes ports of outgoing connections. */
    private static final int FIRST_PORT = 12_000;

    private static final int LAST_PORT = 32_000;
    private static final int TRIES = 300;
    private static final long PAUSE_MILLIS = 100;

    private final BenchProcess process;
    private final String servers;

    private BenchBroker(BenchProcess process, String servers) {
        this.process = process;
        this.servers = servers;
    }

    /** The process's main class. */
    static final class Main {
        private Main() {}

        public static void main(String[] arguments) {
            StopRequest.watch();
            System.exit(new CommandLine(new BrokerCommand()).execute(arguments));
        }
    }

    /** Starts one; back when it serves. */
    public static BenchBroker start(Path directory) throws IOException, InterruptedException {
        Ports ports = new Ports(message -> {});
        int port =
                ports.take(
                        "the benchmark's broker",
                        ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT));
        int controllerPort = ports.take("its controller", port + 1);
        BenchProcess process =
                BenchProcess.start(
                        Main.class,
                        List.of("-Xmx384m"),
                        List.of(
                                "--broker-data=" + directory.resolve("kafka"),
                                "--broker-port=" + port,
                                "--controller-port=" + controllerPort),
                        directory.resolve("broker.log"));
        BenchBroker broker = new BenchBroker(process, "127.0.0.1:" + port);
        broker.awaitReady();
        return broker;
    }

    private void awaitReady() throws IOException, InterruptedException {
        for (int attempt = 0; process.isAlive() && attempt < TRIES; attempt++) {
            if (isListening() && isServing()) {
                return;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        throw process.failure("does not serve Kafka");
    }

    /** Asked first: a Kafka client would warn of every attempt. */
    private boolean isListening() {
        String[] address = servers.split(":");
        try (Socket probe = new Socket(address[0], Integer.parseInt(address[1]))) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private boolean isServing() throws InterruptedException {
        try (Admin admin = Admin.create(client())) {
            return !admin.describeCluster().nodes().get().isEmpty();
        } catch (ExecutionException notYet) {
            return false;
        }
    }

    /** {@code host:port}. */
    public String servers() {
        return servers;
    }

    /** Properties of a client. */
    public Properties client() {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", servers);
        properties.put("default.api.timeout.ms", "3000");
        properties.put("request.timeout.ms", "2000");
        return properties;
    }

    @Override
    public void close() throws InterruptedException, IOException {
        process.close();
    }
}
