package dev.longtail.benchmarks.counting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CountingTableTest {

    private static final CountingRun RUN =
            new CountingRun(
                    new Scenario(1000, 100, 500, "all", 10, 2),
                    new CountingResult(
                            20,
                            25,
                            10,
                            15,
                            6,
                            9,
                            2_000_000,
                            new CheckpointFigures(300_000, 300_000, 80, 20, "count", 5, 60, 3),
                            900_000),
                    50.0,
                    7_000_000L);

    @Test
    void jsonHasTheFieldsThatOthersRead() {
        JsonNode json = new ObjectMapper().valueToTree(RUN);
        assertThat(json.path("seconds").asDouble()).isEqualTo(10);
        assertThat(json.path("trialsPerSecond").asDouble()).isEqualTo(50);
        assertThat(json.path("pairUpdatesPerSecond").asDouble())
                .isCloseTo((100_000 + 1000) * 500 / 10.0, Offset.offset(1e-6));
        assertThat(json.path("baselineSeconds").asDouble()).isEqualTo(50);
        assertThat(json.path("ratio").asDouble()).isCloseTo(0.2, Offset.offset(1e-12));
        assertThat(json.path("firstSeconds").asDouble()).isEqualTo(20);
        assertThat(json.path("firstRatio").asDouble()).isCloseTo(0.4, Offset.offset(1e-12));
        assertThat(json.path("warmRatio").asDouble()).isCloseTo(0.12, Offset.offset(1e-12));
        assertThat(json.path("peakMemoryBytes").asLong()).isEqualTo(2_000_000);
        assertThat(json.path("stateBytes").asLong()).isEqualTo(300_000);
        assertThat(json.path("checkpointBytes").asLong()).isEqualTo(300_000);
        assertThat(json.path("barrierMillis").asLong()).isEqualTo(20);
        assertThat(json.path("train").asInt()).isEqualTo(1000);
    }

    /** The counting process hands its result over as JSON. */
    @Test
    void aResultIsReadAsItWasWritten() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        String written = mapper.writeValueAsString(RUN.result());
        assertThat(mapper.readValue(written, CountingResult.class)).isEqualTo(RUN.result());
    }

    @Test
    void withoutBaselineThereIsNoRatio() {
        CountingRun run = new CountingRun(RUN.scenario(), RUN.result(), null, null);
        assertThat(run.ratio()).isNull();
        assertThat(CountingTable.of(List.of(run))).contains(" - ").doesNotContain("null");
    }
}
