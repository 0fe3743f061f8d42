package dev.longtail.local;

import dev.longtail.settings.SettingsSources;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;

/**
 * Where a running system listens. Kept in the work directory under setting names, so that every
 * other command takes its defaults from there.
 *
 * @param bootstrapServers the broker, {@code host:port}
 * @param flinkRest Flink's REST interface
 * @param stateProxy queryable state, {@code host:port}
 * @param dashboardUrl the dashboard
 * @param supervisor process id of the supervisor
 */
public record RunningSystem(
        String bootstrapServers,
        URI flinkRest,
        String stateProxy,
        URI dashboardUrl,
        long supervisor) {

    private static final String BOOTSTRAP_SERVERS = "bootstrap-servers";
    private static final String FLINK_REST = "flink-rest";
    private static final String STATE_PROXY = "state-proxy";
    private static final String DASHBOARD_URL = "dashboard-url";
    private static final String SUPERVISOR = SettingsSources.SUPERVISOR;

    /** The system whose supervisor is alive; empty where none runs. */
    public static Optional<RunningSystem> in(WorkDirectory work) {
        Path file = work.systemFile();
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        return Optional.of(of(properties))
                .filter(
                        system ->
                                ProcessHandle.of(system.supervisor())
                                        .filter(ProcessHandle::isAlive)
                                        .isPresent());
    }

    /** Writes the file, whole or not at all. */
    public void publish(WorkDirectory work) {
        Properties properties = new Properties();
        properties.setProperty(BOOTSTRAP_SERVERS, bootstrapServers);
        properties.setProperty(FLINK_REST, flinkRest.toString());
        properties.setProperty(STATE_PROXY, stateProxy);
        properties.setProperty(DASHBOARD_URL, dashboardUrl.toString());
        properties.setProperty(SUPERVISOR, String.valueOf(supervisor));
        Path file = work.systemFile();
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        try {
            try (Writer writer = Files.newBufferedWriter(draft, StandardCharsets.UTF_8)) {
                properties.store(writer, "The running system; removed when it stops.");
            }
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** Removes the file. */
    public static void withdraw(WorkDirectory work) {
        try {
            Files.deleteIfExists(work.systemFile());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + work.systemFile(), e);
        }
    }

    private static RunningSystem of(Properties properties) {
        return new RunningSystem(
                properties.getProperty(BOOTSTRAP_SERVERS),
                URI.create(properties.getProperty(FLINK_REST)),
                properties.getProperty(STATE_PROXY),
                URI.create(properties.getProperty(DASHBOARD_URL)),
                Long.parseLong(properties.getProperty(SUPERVISOR)));
    }
}
