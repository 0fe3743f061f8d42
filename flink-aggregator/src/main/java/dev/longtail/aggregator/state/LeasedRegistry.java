package dev.longtail.aggregator.state;

import dev.longtail.aggregator.folding.TileState;
import java.nio.ByteBuffer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.queryablestate.KvStateID;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.query.KvStateRegistry;
import org.apache.flink.runtime.query.TaskKvStateRegistry;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.internal.InternalKvState;
import org.apache.flink.util.ResourceGuard;

/**
 * Stands between a task and the registry that its state is read through. A task unregisters its
 * state first of all when it ends: that waits for reads under way.
 */
final class LeasedRegistry extends KvStateRegistry {

    private final TaskKvStateRegistry original;
    private final AnsweringThreads answering;
    private final ResourceGuard reads = new ResourceGuard();

    LeasedRegistry(TaskKvStateRegistry original, AnsweringThreads answering) {
        this.original = original;
        this.answering = answering;
    }

    @Override
    public KvStateID registerKvState(
            JobID job,
            JobVertexID vertex,
            KeyGroupRange keyGroups,
            String name,
            InternalKvState<?, ?, ?> state,
            ClassLoader classLoader) {
        original.registerKvState(keyGroups, name, leased(name, state), classLoader);
        return new KvStateID();
    }

    @SuppressWarnings("unchecked")
    private <K, N, V> LeasedState<?, ?, ?> leased(String name, InternalKvState<K, N, V> state) {
        if (!name.equals(TileState.NAME)) {
            return new LeasedState<>(state, state::getSerializedValue, reads, answering);
        }
        // The descriptor of that name is the only one, and has these types.
        var tiles = (InternalKvState<Integer, N, ByteBuffer>) state;
        return new LeasedState<>(
                tiles, new TilePartRead<>(tiles::getSerializedValue), reads, answering);
    }

    @Override
    public void unregisterKvState(
            JobID job, JobVertexID vertex, KeyGroupRange keyGroups, String name, KvStateID state) {
        // Once for all states of the task: they are unregistered one after the other.
        if (!reads.isClosed()) {
            original.unregisterAll();
            reads.close();
        }
    }
}
