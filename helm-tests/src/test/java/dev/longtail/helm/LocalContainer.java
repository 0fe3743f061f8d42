package dev.longtail.helm;

import io.fabric8.kubernetes.api.model.Container;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A container on this machine: a process with a root directory of its own, which holds the files of
 * its image, and its volumes where the pod wants them. Nothing of what it is told is rewritten.
 *
 * <p>Only the base of the image is this machine's: its Java, shell and libraries.
 */
final class LocalContainer implements AutoCloseable {

    private static final List<String> NAMESPACES =
            List.of("unshare", "--user", "--map-root-user", "--mount");
    private static final Path SCRIPT =
            Path.of("src", "test", "container", "container.sh").toAbsolutePath();
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
    private static final String PATH =
            JAVA_HOME.resolve("bin") + ":/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";
    private static final int GRACE_SECONDS = 30;

    private final ProcessBuilder builder;
    private Process process;
    private boolean ending;
    private long killAt;

    private LocalContainer(ProcessBuilder builder) {
        this.builder = builder;
    }

    /** Why this machine cannot run containers; empty where it can. */
    static String obstacle() throws InterruptedException {
        List<String> command = new ArrayList<>(NAMESPACES);
        command.addAll(List.of("sh", "-c", "mount --rbind /usr /usr"));
        try {
            Process attempt = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(attempt.getInputStream().readAllBytes());
            return attempt.waitFor() == 0 ? "" : said;
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    /**
     * Prepares a container.
     *
     * @param image directory with the files of its image, on the file system of {@code root}
     * @param root directory that becomes its root; made here
     * @param volumes directories of this machine, by the place where the container sees them
     * @param environment all variables but the search path
     * @param log file that is appended with what it says
     */
    static LocalContainer of(
            Path image,
            Path root,
            Container container,
            Map<String, Path> volumes,
            Map<String, String> environment,
            Path log)
            throws IOException, InterruptedException {
        run("cp", "--archive", "--link", image.toString(), root.toString());
        List<String> command = new ArrayList<>(NAMESPACES);
        command.addAll(List.of("sh", SCRIPT.toString(), root.toString(), JAVA_HOME.toString()));
        volumes.forEach((place, volume) -> command.add(volume + ":" + place));
        command.add("--");
        command.addAll(container.getCommand());
        command.addAll(container.getArgs());
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("PATH", PATH);
        builder.environment().putAll(JavaOptions.ofTests());
        return new LocalContainer(builder);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new IOException(String.join(" ", command) + ": exit code " + exit);
        }
    }

    /** Starts it, again after it has ended. */
    void start() throws IOException {
        process = builder.start();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Of a container that has ended. */
    int exitCode() {
        return process.exitValue();
    }

    /** As when it runs out of memory. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
    }

    /** Asks it to end, as the kubelet does with a container of a deleted pod. */
    void terminate() {
        ending = true;
        process.destroy();
        killAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(GRACE_SECONDS);
    }

    /** Whether it was asked to end. */
    boolean isEnding() {
        return ending;
    }

    /** Whether it has ended after {@link #terminate}; kills it when it has had its time. */
    boolean isGone() {
        if (process.isAlive() && System.nanoTime() - killAt > 0) {
            process.destroyForcibly();
        }
        return !process.isAlive();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
