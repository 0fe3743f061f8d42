package dev.longtail.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How the dashboard is reached and what it may use: the mixin of every program that starts one. */
public final class DashboardSettings {

    private static final long MIB = 1 << 20;

    @Option(
            names = "--dashboard-host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description =
                    "Address to listen on. Beyond loopback, set a token and put a TLS proxy in front (default: ${DEFAULT-VALUE}).")
    private String host = "127.0.0.1";

    @Option(
            names = "--dashboard-port",
            paramLabel = "PORT",
            defaultValue = "8090",
            description = "Port to listen on; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--flink-rest",
            paramLabel = "URL",
            description =
                    "Flink's REST interface, for the job's state and the age of its last checkpoint. Without it both are shown as unknown.")
    private URI flinkRest;

    @Option(
            names = "--dashboard-token-file",
            paramLabel = "FILE",
            description =
                    "File with a token that every request must carry; the page asks for it. Without it nobody is asked.")
    private Path tokenFile;

    @Option(
            names = "--dashboard-refresh",
            paramLabel = "DURATION",
            defaultValue = "PT1S",
            description =
                    "Least time between two states sent to viewers, for example PT1S (default: ${DEFAULT-VALUE}).")
    private Duration refresh = Duration.ofSeconds(1);

    @Option(
            names = "--dashboard-viewers",
            paramLabel = "NUMBER",
            defaultValue = "500",
            description = "Most viewers connected at a time (default: ${DEFAULT-VALUE}).")
    private int mostViewers = 500;

    @Option(
            names = "--dashboard-picture-memory",
            paramLabel = "MIB",
            defaultValue = "64",
            description =
                    "Memory for names and pictures per experiment; others are read from Kafka when looked at (default: ${DEFAULT-VALUE}).")
    private int pictureMemory = 64;

    /** Settings with these values and defaults otherwise, for programs that start a dashboard. */
    public static DashboardSettings of(String host, int port, URI flinkRest) {
        DashboardSettings settings = new DashboardSettings();
        settings.host = host;
        settings.port = port;
        settings.flinkRest = flinkRest;
        return settings;
    }

    /** The same settings with a token in a file. */
    public DashboardSettings withTokenFile(Path file) {
        DashboardSettings settings = copy();
        settings.tokenFile = file;
        return settings;
    }

    /** The same settings for at most so many viewers. */
    public DashboardSettings withMostViewers(int viewers) {
        DashboardSettings settings = copy();
        settings.mostViewers = viewers;
        return settings;
    }

    private DashboardSettings copy() {
        DashboardSettings settings = of(host, port, flinkRest);
        settings.tokenFile = tokenFile;
        settings.refresh = refresh;
        settings.mostViewers = mostViewers;
        settings.pictureMemory = pictureMemory;
        return settings;
    }

    /** Address to listen on. */
    public String host() {
        return host;
    }

    /** Port to listen on; 0 for a free one. */
    public int port() {
        return port;
    }

    /** Address of Flink's REST interface. */
    public Optional<URI> flinkRest() {
        return Optional.ofNullable(flinkRest);
    }

    /**
     * The token that requests must carry.
     *
     * @throws UncheckedIOException when the file cannot be read
     * @throws IllegalArgumentException when it is empty
     */
    public Optional<String> token() {
        if (tokenFile == null) {
            return Optional.empty();
        }
        try {
            String token = Files.readString(tokenFile).strip();
            if (token.isEmpty()) {
                throw new IllegalArgumentException(
                        "expected a token in --dashboard-token-file "
                                + tokenFile
                                + ", found an empty file");
            }
            return Optional.of(token);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read --dashboard-token-file " + tokenFile, e);
        }
    }

    /** Least time between two states sent to viewers. */
    public Duration refresh() {
        return refresh;
    }

    /** Most viewers connected at a time. */
    public int mostViewers() {
        return mostViewers;
    }

    /** Memory for names and pictures per experiment, bytes. */
    public long pictureBytes() {
        return pictureMemory * MIB;
    }
}
