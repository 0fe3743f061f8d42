package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The trainer's image for GPUs differs by one property, {@code -Dtensorflow.platform}: the
 * classifier of TensorFlow's native library. Nothing of it is downloaded here.
 */
class GpuFlavourTest {

    private static final String NATIVE = "tensorflow-core-native";

    @Test
    void thePlatformIsTheClassifierOfTheNativeLibrary() throws IOException {
        String pom = Files.readString(Path.of("..", "trial-producer", "pom.xml"));
        String dependency = pom.substring(pom.indexOf("<artifactId>" + NATIVE));

        assertThat(dependency.substring(0, dependency.indexOf("</dependency>")))
                .contains("<classifier>${tensorflow.platform}</classifier>");
        assertThat(pom).contains("<tensorflow.platform>linux-x86_64</tensorflow.platform>");
    }

    /** The release in use was published for GPUs as well: its own build says so. */
    @Test
    void thatLibraryIsPublishedForGpus() throws IOException {
        String path = "/META-INF/maven/org.tensorflow/" + NATIVE + "/pom.xml";
        try (InputStream pom = GpuFlavourTest.class.getResourceAsStream(path)) {
            assertThat(new String(pom.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("<classifier>${javacpp.platform.linux-x86_64}-gpu</classifier>");
        }
    }

    @Test
    void anAcceleratorIsAskedForByALimit() throws IOException {
        JsonNode given = new YAMLMapper().readTree(Chart.mode("secured").toFile());
        JsonNode trainer =
                Chart.render(Chart.mode("secured"))
                        .ofKind("Job")
                        .filter(job -> Manifests.name(job).startsWith("demo-longtail-trainer"))
                        .findFirst()
                        .orElseThrow();

        assertThat(trainer.at("/spec/template/spec/containers/0/resources/limits"))
                .isEqualTo(given.at("/trainers/resources/limits"));
        assertThat(given.at("/trainers/resources/limits").has("nvidia.com/gpu")).isTrue();
    }
}
