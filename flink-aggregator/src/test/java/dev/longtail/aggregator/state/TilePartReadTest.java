package dev.longtail.aggregator.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.aggregator.folding.TileQuestion;
import dev.longtail.aggregator.folding.TileState;
import dev.longtail.estimators.counting.TileCounts;
import dev.longtail.estimators.counting.TileCountsView;
import dev.longtail.estimators.counting.TilePart;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.ByteSerializer;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.queryablestate.client.state.serialization.KvStateSerializer;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.junit.jupiter.api.Test;

class TilePartReadTest {

    private static final int TILE = 7;

    private final byte[] stored = new TileCounts(3, 5).encode();
    private final TilePartRead<VoidNamespace> read = new TilePartRead<>(this::stored);

    /** A state with one key, read as Flink reads it. */
    private byte[] stored(
            byte[] keyAndNamespace,
            TypeSerializer<Integer> keySerializer,
            TypeSerializer<VoidNamespace> namespaceSerializer,
            TypeSerializer<ByteBuffer> valueSerializer)
            throws IOException {
        int key =
                KvStateSerializer.deserializeKeyAndNamespace(
                                keyAndNamespace, keySerializer, namespaceSerializer)
                        .f0;
        byte[] value = Map.of(TILE, stored).get(key);
        return value == null
                ? null
                : KvStateSerializer.serializeValue(ByteBuffer.wrap(value), valueSerializer);
    }

    private <K> byte[] ask(K key, TypeSerializer<K> serializer) throws Exception {
        byte[] answer =
                read.read(
                        KvStateSerializer.serializeKeyAndNamespace(
                                key,
                                serializer,
                                VoidNamespace.INSTANCE,
                                VoidNamespaceSerializer.INSTANCE),
                        IntSerializer.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        TileState.stored().getSerializer());
        return KvStateSerializer.deserializeValue(answer, BytePrimitiveArraySerializer.INSTANCE);
    }

    private byte[] ask(TileQuestion question) throws Exception {
        return ask(question, TileQuestion.TYPE.createSerializer(new SerializerConfigImpl()));
    }

    @Test
    void answersWithThePartThatIsAskedFor() throws Exception {
        TileCountsView part =
                new TileCountsView(ask(new TileQuestion(TILE, new TilePart(1, 2, 4, 1))));
        assertThat(part.rows()).isEqualTo(2);
        assertThat(part.columns()).isEqualTo(1);
    }

    @Test
    void answersANumberWithTheTile() throws Exception {
        assertThat(ask(TILE, IntSerializer.INSTANCE)).isEqualTo(stored);
    }

    @Test
    void answersWithNothingWhereNothingIsCounted() throws Exception {
        assertThat(ask(new TileQuestion(TILE + 1, TilePart.own(0)))).isNull();
        assertThat(ask(TILE + 1, IntSerializer.INSTANCE)).isNull();
    }

    @Test
    void refusesWhatIsNoQuestion() {
        assertThatThrownBy(() -> ask(new TileQuestion(TILE, TilePart.pair(0, 5))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a tile of 3 x 5");
        assertThatThrownBy(() -> ask("tile", StringSerializer.INSTANCE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("key and namespace");
        assertThatThrownBy(() -> ask((byte) TILE, ByteSerializer.INSTANCE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("key and namespace");
    }

    /** Flink looks for the task that has a key by the key's hash. */
    @Test
    void isSentToTheTaskOfItsTile() {
        assertThat(new TileQuestion(TILE, TilePart.own(2))).hasSameHashCodeAs(TILE);
    }
}
