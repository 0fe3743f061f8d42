package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the operator is told, beyond what its definition and Flink's options check. */
class OperatorModeTest {

    /** The file of values does not name the mode. */
    @Test
    void itIsTheDefault() {
        Manifests manifests = Chart.render(Chart.mode("operator"));

        assertThat(manifests.ofKind("FlinkDeployment")).hasSize(1);
        assertThat(manifests.ofKind("StatefulSet")).isEmpty();
    }

    /** A running job goes back when the number has changed; otherwise the path means nothing. */
    @Test
    void anotherStateToGoBackToIsAnotherNumber() {
        JsonNode first = job("s3://longtail/state/savepoint-1");
        JsonNode second = job("s3://longtail/state/savepoint-2");

        assertThat(first.path("initialSavepointPath").asText()).endsWith("savepoint-1");
        assertThat(first.path("savepointRedeployNonce").isIntegralNumber()).isTrue();
        assertThat(first).isEqualTo(job("s3://longtail/state/savepoint-1"));
        assertThat(second.path("savepointRedeployNonce"))
                .isNotEqualTo(first.path("savepointRedeployNonce"));
        assertThat(job("").has("savepointRedeployNonce")).isFalse();
    }

    private static JsonNode job(String restoreFrom) {
        return Chart.render(Chart.mode("operator"), Map.of("flink.restoreFrom", restoreFrom))
                .get("FlinkDeployment", "demo-longtail-flink")
                .at("/spec/job");
    }
}
