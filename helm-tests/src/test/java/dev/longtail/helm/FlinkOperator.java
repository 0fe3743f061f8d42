package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Flink's operator as it was released, as far as it deploys and upgrades: in a process of its own,
 * since it brings another Flink than ours. It sees a server of Kubernetes' API and, under the names
 * of their services, what listens on this machine.
 *
 * @param dir for its file of names
 * @param apiServer address of the server
 * @param deployment name of the FlinkDeployment
 */
record FlinkOperator(Path dir, String apiServer, String deployment) {

    private static final Path MODULE = Path.of("operator", "target").toAbsolutePath();
    private static final int PATIENCE_SECONDS = 300;

    /** What the operator does with a new resource. */
    void deploy() throws IOException, InterruptedException {
        run("deploy");
    }

    /**
     * What it does with a changed one: stops the job with a savepoint, and deploys it from that.
     */
    void upgradeBySavepoint() throws IOException, InterruptedException {
        run("savepoint");
    }

    /** What it does with a changed one: deletes the pods, and deploys the newest checkpoint. */
    void upgradeByLastState() throws IOException, InterruptedException {
        run("last-state");
    }

    private void run(String action) throws IOException, InterruptedException {
        String services = "%s-rest.%s".formatted(deployment, Chart.NAMESPACE);
        Path hosts =
                Files.writeString(dir.resolve("hosts"), "127.0.0.1 localhost " + services + "\n");
        Path log = Path.of("target", "operator-pods", "operator.log").toAbsolutePath();
        Files.createDirectories(log.getParent());
        ProcessBuilder builder =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xmx300m",
                                        "-Djdk.net.hosts.file=" + hosts,
                                        "-cp",
                                        classPath(),
                                        "dev.longtail.helm.operator.OperatorAction",
                                        action,
                                        Chart.NAMESPACE,
                                        deployment))
                        .directory(dir.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(JavaOptions.ofTests());
        // Its Flink needs of Java what ours needs; the image's files are not here.
        String java =
                ContainerImage.of("job")
                        .environment()
                        .get("JDK_JAVA_OPTIONS")
                        .replaceAll("-XX:CompilerDirectivesFile=\\S+", "");
        builder.environment()
                .putAll(Map.of("KUBERNETES_MASTER", apiServer, "JDK_JAVA_OPTIONS", java));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as(action).isTrue();
            assertThat(process.exitValue()).as(() -> action + ": " + tail(log)).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    /** The last lines, where a failure's causes stand. */
    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 100), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException("expected the operator's log at " + log, e);
        }
    }

    private static String classPath() throws IOException {
        return MODULE.resolve("classes")
                + File.pathSeparator
                + Files.readString(MODULE.resolve("class-path"));
    }
}
