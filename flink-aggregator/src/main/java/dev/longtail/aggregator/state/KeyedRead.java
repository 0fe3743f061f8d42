package dev.longtail.aggregator.state;

import org.apache.flink.api.common.typeutils.TypeSerializer;

/** How a value is read from outside, given its key and namespace. */
@FunctionalInterface
interface KeyedRead<K, N, V> {

    /**
     * The value's bytes, as {@link
     * org.apache.flink.runtime.state.internal.InternalKvState#getSerializedValue} gives them.
     */
    byte[] read(
            byte[] keyAndNamespace,
            TypeSerializer<K> keySerializer,
            TypeSerializer<N> namespaceSerializer,
            TypeSerializer<V> valueSerializer)
            throws Exception;
}
