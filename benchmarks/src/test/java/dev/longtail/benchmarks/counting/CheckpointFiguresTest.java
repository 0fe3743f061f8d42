package dev.longtail.benchmarks.counting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;

class CheckpointFiguresTest {

    private static final JobID JOB = new JobID(1, 2);
    private static final String BASE = "/jobs/" + JOB;

    /** As Flink answers, shortened to what is read. */
    private static Map<String, String> answers(String config) {
        return Map.of(
                BASE + "/checkpoints/config",
                config,
                BASE,
                """
                    {"vertices": [{"id": "a", "name": "count pairs"},
                                  {"id": "b", "name": "join train groups -> send estimates"}]}""",
                BASE + "/checkpoints",
                """
                    {"counts": {"completed": 1, "failed": 1},
                     "summary": {"checkpointed_size": {"max": 700},
                                 "end_to_end_duration": {"max": 90}},
                     "latest": {"completed": {"state_size": 900}},
                     "history": [{"id": 2, "status": "FAILED"}, {"id": 1, "status": "COMPLETED"}]}""",
                BASE + "/checkpoints/details/1/subtasks/a",
                """
                    {"subtasks": [
                      {"checkpoint": {"sync": 4, "async": 80}, "alignment": {"duration": 2},
                       "start_delay": 3},
                      {"checkpoint": {"sync": 1, "async": 2}, "alignment": {"duration": 0},
                       "start_delay": 7}]}""",
                BASE + "/checkpoints/details/1/subtasks/b",
                """
                    {"subtasks": [
                      {"checkpoint": {"sync": 1, "async": 1}, "alignment": {"duration": 4},
                       "start_delay": 10}]}""");
    }

    @Test
    void aBarrierIsHeldUpUntilTheSnapshotIsTaken() throws IOException {
        assertThat(figures("{\"unaligned_checkpoints\": false}"))
                .isEqualTo(new CheckpointFigures(900, 700, 90, 15, "join train groups", 4, 80, 1));
    }

    @Test
    void aTaskGoesOnWhenBarriersOvertakeRecords() throws IOException {
        assertThat(
                        figures(
                                """
                                {"unaligned_checkpoints": true, "aligned_checkpoint_timeout": 1}"""))
                .isEqualTo(new CheckpointFigures(900, 700, 90, 12, "join train groups", 4, 80, 1));
    }

    private static CheckpointFigures figures(String config) throws IOException {
        Map<String, String> answers = answers(config);
        return CheckpointFigures.of(path -> answer(answers, path), JOB);
    }

    private static JsonNode answer(Map<String, String> answers, String path) throws IOException {
        assertThat(answers).containsKey(path);
        return new ObjectMapper().readTree(answers.get(path));
    }
}
