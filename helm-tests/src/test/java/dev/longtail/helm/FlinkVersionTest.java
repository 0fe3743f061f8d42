package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.Test;

/** Why {@code flink.mode} is {@code standalone} by default, as docs/decisions/0801 says. */
class FlinkVersionTest {

    /** Our Flink, as a FlinkDeployment names versions. */
    static final String OURS = "v2_3";

    /** Fails when an operator that takes our Flink is on Maven Central: then decide anew. */
    @Test
    void theOperatorDoesNotYetTakeOurFlink() throws Exception {
        JsonNode values =
                new YAMLMapper().readTree(Chart.DIRECTORY.resolve("values.yaml").toFile());

        assertThat(CustomResources.flinkVersionsOfTheOperator()).doesNotContain(OURS);
        assertThat(values.at("/flink/mode").asText()).isEqualTo("standalone");
        assertThat(values.at("/flink/operator/flinkVersion").asText()).isEqualTo(OURS);
    }
}
