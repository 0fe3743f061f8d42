package dev.longtail.benchmarks.counting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.JobID;

/**
 * What the checkpoints of a job took, by Flink's own statistics. Times are the longest of any
 * checkpoint, in milliseconds.
 *
 * @param stateBytes size of the state in the last one
 * @param checkpointBytes the most that one wrote
 * @param checkpointMillis from its trigger until everything is on disk
 * @param barrierMillis from its trigger until a task has taken its snapshot and goes on: waiting
 *     for the barrier, aligning, and the synchronous part; the rest is written beside the work. A
 *     task aligns no longer than until barriers overtake records, and goes on then. An upper bound:
 *     where a barrier overtook, the synchronous part may lie within the time of aligning
 * @param barrierTask the task of {@code barrierMillis}
 * @param syncMillis the synchronous part alone
 * @param asyncMillis the part beside the work
 * @param checkpoints number of completed checkpoints
 */
record CheckpointFigures(
        long stateBytes,
        long checkpointBytes,
        long checkpointMillis,
        long barrierMillis,
        String barrierTask,
        long syncMillis,
        long asyncMillis,
        int checkpoints) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Something that answers a path of Flink's REST interface. */
    interface Rest {
        JsonNode get(String path) throws IOException;
    }

    /** Asks a cluster. */
    static CheckpointFigures of(URI rest, JobID job) throws IOException {
        return of(path -> JSON.readTree(rest.resolve(path).toURL()), job);
    }

    static CheckpointFigures of(Rest rest, JobID job) throws IOException {
        String base = "/jobs/" + job + "/checkpoints";
        JsonNode all = rest.get(base);
        Longest longest = new Longest(alignmentTimeout(rest.get(base + "/config")));
        for (JsonNode vertex : rest.get("/jobs/" + job).path("vertices")) {
            for (long id : completed(all)) {
                String path = base + "/details/" + id + "/subtasks/" + vertex.path("id").asText();
                longest.add(vertex.path("name").asText(), rest.get(path));
            }
        }
        JsonNode summary = all.path("summary");
        return new CheckpointFigures(
                all.at("/latest/completed/state_size").asLong(),
                summary.at("/checkpointed_size/max").asLong(),
                summary.at("/end_to_end_duration/max").asLong(),
                longest.barrier,
                longest.task,
                longest.sync,
                longest.async,
                all.at("/counts/completed").asInt());
    }

    private static List<Long> completed(JsonNode all) {
        List<Long> ids = new ArrayList<>();
        for (JsonNode checkpoint : all.path("history")) {
            if (checkpoint.path("status").asText().equals("COMPLETED")) {
                ids.add(checkpoint.path("id").asLong());
            }
        }
        return ids;
    }

    private static long alignmentTimeout(JsonNode config) {
        return config.path("unaligned_checkpoints").asBoolean()
                ? config.path("aligned_checkpoint_timeout").asLong()
                : Long.MAX_VALUE;
    }

    private static final class Longest {
        private final long alignmentTimeout;
        private long barrier;
        private long sync;
        private long async;
        private String task = "";

        Longest(long alignmentTimeout) {
            this.alignmentTimeout = alignmentTimeout;
        }

        void add(String name, JsonNode ofVertex) {
            for (JsonNode subtask : ofVertex.path("subtasks")) {
                long ownSync = subtask.at("/checkpoint/sync").asLong();
                long delay =
                        subtask.path("start_delay").asLong()
                                + Math.min(
                                        subtask.at("/alignment/duration").asLong(),
                                        alignmentTimeout)
                                + ownSync;
                if (delay > barrier) {
                    barrier = delay;
                    task = name.split(" -> ")[0];
                }
                sync = Math.max(sync, ownSync);
                async = Math.max(async, subtask.at("/checkpoint/async").asLong());
            }
        }
    }
}
