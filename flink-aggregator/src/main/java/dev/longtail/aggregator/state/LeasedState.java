package dev.longtail.aggregator.state;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.runtime.state.internal.InternalKvState;
import org.apache.flink.util.ResourceGuard;

/** A state that can be read from outside only while its task lets it be read. */
final class LeasedState<K, N, V> implements InternalKvState<K, N, V> {

    private final InternalKvState<K, N, V> state;
    private final KeyedRead<K, N, V> read;
    private final ResourceGuard reads;
    private final AnsweringThreads answering;

    LeasedState(
            InternalKvState<K, N, V> state,
            KeyedRead<K, N, V> read,
            ResourceGuard reads,
            AnsweringThreads answering) {
        this.state = state;
        this.read = read;
        this.reads = reads;
        this.answering = answering;
    }

    /**
     * {@inheritDoc}
     *
     * @throws java.io.IOException when the task has ended
     */
    @Override
    public byte[] getSerializedValue(
            byte[] keyAndNamespace,
            TypeSerializer<K> keySerializer,
            TypeSerializer<N> namespaceSerializer,
            TypeSerializer<V> valueSerializer)
            throws Exception {
        answering.answer();
        try (ResourceGuard.Lease lease = reads.acquireResource()) {
            return read.read(keyAndNamespace, keySerializer, namespaceSerializer, valueSerializer);
        }
    }

    @Override
    public TypeSerializer<K> getKeySerializer() {
        return state.getKeySerializer();
    }

    @Override
    public TypeSerializer<N> getNamespaceSerializer() {
        return state.getNamespaceSerializer();
    }

    @Override
    public TypeSerializer<V> getValueSerializer() {
        return state.getValueSerializer();
    }

    @Override
    public void setCurrentNamespace(N namespace) {
        state.setCurrentNamespace(namespace);
    }

    @Override
    public StateIncrementalVisitor<K, N, V> getStateIncrementalVisitor(int recommendedReturned) {
        return state.getStateIncrementalVisitor(recommendedReturned);
    }

    @Override
    public void clear() {
        state.clear();
    }
}
