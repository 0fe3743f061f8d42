package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.longtail.local.running.CountingJvm;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.kubernetes.configuration.KubernetesConfigOptions;
import org.apache.flink.kubernetes.utils.Constants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The images that the build made fit the pods that the chart makes. */
class ImagesITCase {

    private static final String CLASS_PATH = "@/app/jib-classpath-file";

    @TempDir Path root;

    @ParameterizedTest
    @ValueSource(strings = {"job", "trainer", "dashboard"})
    void runsAsTheUserOfTheChart(String name) throws IOException {
        JsonNode values =
                new YAMLMapper().readTree(Chart.DIRECTORY.resolve("values.yaml").toFile());
        JsonNode security = values.path("podSecurity");

        assertThat(ContainerImage.of(name).user())
                .isEqualTo(
                        security.path("runAsUser").asInt()
                                + ":"
                                + security.path("runAsGroup").asInt());
    }

    @Test
    void theJobsImageLeavesTheProcessToTheArguments() {
        assertThat(ContainerImage.of("job").entrypoint())
                .containsExactly("java", "-cp", CLASS_PATH);
    }

    @Test
    void theOthersRunTheirProgram() {
        assertThat(ContainerImage.of("trainer").entrypoint())
                .containsExactly(
                        "java", "-cp", CLASS_PATH, "dev.longtail.images.trainer.TrainerImage");
        assertThat(ContainerImage.of("dashboard").entrypoint())
                .containsExactly(
                        "java", "-cp", CLASS_PATH, "dev.longtail.images.dashboard.DashboardImage");
    }

    @Test
    void portsAreThoseOfThePods() {
        Manifests manifests = Chart.render(Chart.mode("standalone"));

        assertThat(ContainerImage.of("job").ports())
                .isEqualTo(
                        ports(
                                manifests.get("StatefulSet", "demo-longtail-jobmanager"),
                                manifests.get("StatefulSet", "demo-longtail-taskmanager")));
        assertThat(ContainerImage.of("dashboard").ports())
                .isEqualTo(ports(manifests.get("Deployment", "demo-longtail-dashboard")));
        assertThat(ContainerImage.of("trainer").ports()).isEmpty();
    }

    private static TreeSet<Integer> ports(JsonNode... workloads) {
        TreeSet<Integer> ports = new TreeSet<>();
        Stream.of(workloads)
                .flatMap(PodView::of)
                .forEach(pod -> ports.addAll(pod.ports().values()));
        return ports;
    }

    @Test
    void theJobsImageHasWhatItsClassPathAndItsEnvironmentName() throws IOException {
        ContainerImage image = ContainerImage.of("job");
        image.extract(root);
        String classPath = Files.readString(root.resolve("app/jib-classpath-file"));

        assertThat(List.of(classPath.split(":")))
                .contains("/app/resources")
                .filteredOn(entry -> entry.endsWith(".jar"))
                .allSatisfy(jar -> assertThat(root.resolve(jar.substring(1))).isRegularFile())
                .anyMatch(jar -> jar.contains("flink-container"))
                .anyMatch(jar -> jar.contains("flink-kubernetes"))
                .anyMatch(jar -> jar.contains("flink-queryable-state-runtime"))
                .anyMatch(jar -> jar.contains("flink-metrics-prometheus"))
                .noneMatch(jar -> jar.contains("tensorflow"));
        Path plugins = root.resolve(image.environment().get("FLINK_PLUGINS_DIR").substring(1));
        assertThat(plugins.resolve("s3-fs-hadoop"))
                .isDirectoryContaining("glob:**flink-s3-fs-hadoop-*.jar");
        assertThat(image.environment().get("JDK_JAVA_OPTIONS"))
                .contains("--add-opens=java.base/")
                .as("as the launcher's cluster has them")
                .contains(CountingJvm.COMPILER)
                .contains(CountingJvm.directives(Path.of("/app/jvm/compiler-directives.json")));
        try (InputStream directives = CountingJvm.directives()) {
            assertThat(root.resolve("app/jvm/compiler-directives.json"))
                    .hasBinaryContent(directives.readAllBytes());
        }
    }

    /** What Flink's client for Kubernetes starts in its pods, and the jar that the chart names. */
    @Test
    void theJobsImageServesTheOperator() throws IOException {
        ContainerImage.of("job").extract(root);
        JsonNode deployment =
                Chart.render(Chart.mode("operator")).get("FlinkDeployment", "demo-longtail-flink");
        String jar = URI.create(deployment.at("/spec/job/jarURI").asText()).getPath();

        assertThat(root.resolve(jar.substring(1))).isRegularFile();
        assertThat(
                        List.of(
                                KubernetesConfigOptions.KUBERNETES_ENTRY_PATH.defaultValue(),
                                "/opt/flink/bin/" + Constants.KUBERNETES_JOB_MANAGER_SCRIPT_PATH,
                                "/opt/flink/bin/" + Constants.KUBERNETES_TASK_MANAGER_SCRIPT_PATH))
                .allSatisfy(path -> assertThat(root.resolve(path.substring(1))).isExecutable());
    }

    /** Everything is inside: a pod that starts downloads nothing. */
    @Test
    void theTrainersImageBringsItsEngine() throws IOException {
        ContainerImage.of("trainer").extract(root);

        assertThat(root.resolve("app/libs"))
                .isDirectoryContaining("glob:**tensorflow-core-native-*-linux-x86_64.jar")
                .isDirectoryContaining("glob:**tensorflow-engine-*.jar");
    }
}
