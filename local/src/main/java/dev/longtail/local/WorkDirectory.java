package dev.longtail.local;

import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.settings.SettingsSources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Where a system on this machine keeps everything.
 *
 * <pre>
 *   broker/            Kafka's data: all topics
 *   flink/             checkpoints, savepoints and working state of the jobs
 *   logs/              one file per process, the run before as *.previous
 *   run/               lock and process ids while it runs
 *   compiler-directives.json   what the JVM that counts compiles once
 *   system.properties  where the running system listens, by setting names
 * </pre>
 *
 * @param root the directory, absolute
 */
public record WorkDirectory(Path root) {

    /**
     * The directory, created where it is missing.
     *
     * @throws UncheckedIOException when it cannot be created
     */
    public static WorkDirectory at(Path path) {
        WorkDirectory work = new WorkDirectory(path.toAbsolutePath().normalize());
        work.create();
        return work;
    }

    /** Kafka's data. */
    public Path brokerDirectory() {
        return root.resolve("broker");
    }

    /** Checkpoints, savepoints and working state. */
    public Path flinkDirectory() {
        return root.resolve("flink");
    }

    /** Lock and process ids. */
    public Path runDirectory() {
        return root.resolve("run");
    }

    /** Settings of the running system. */
    public Path systemFile() {
        return root.resolve(SettingsSources.RUNNING_SYSTEM_FILE);
    }

    /** The log of a process. */
    public Path log(String process) {
        return logDirectory().resolve(process + ".log");
    }

    /**
     * Checkpoints of one job.
     *
     * @param output prefix of the job's output topics
     */
    public Path jobDirectory(String output) {
        return flinkDirectory().resolve(ExperimentTopics.requireName(output));
    }

    /** Deletes checkpoints and savepoints of one job. */
    public void deleteJobState(String output) {
        Path checkpoints = jobDirectory(output);
        Path savepoints = checkpoints.resolveSibling(output + "-savepoints");
        Stream.of(checkpoints, savepoints).filter(Files::exists).forEach(WorkDirectory::delete);
    }

    private Path logDirectory() {
        return root.resolve("logs");
    }

    private void create() {
        try {
            Files.createDirectories(brokerDirectory());
            Files.createDirectories(flinkDirectory());
            Files.createDirectories(logDirectory());
            Files.createDirectories(runDirectory());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the work directory " + root, e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + directory, e);
        }
    }
}
