package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.Test;

/** Which operators take our Flink, as docs/decisions/0801 says. */
class FlinkVersionTest {

    /** Our Flink, as a FlinkDeployment names versions. */
    static final String OURS = "v2_3";

    @Test
    void theReleasedOperatorTakesOurFlink() throws Exception {
        JsonNode values =
                new YAMLMapper().readTree(Chart.DIRECTORY.resolve("values.yaml").toFile());

        assertThat(CustomResources.flinkVersionsOfTheOperator()).contains(OURS);
        assertThat(values.at("/flink/operator/flinkVersion").asText()).isEqualTo(OURS);
    }
}
