package dev.longtail.aggregator.state;

import dev.longtail.aggregator.folding.TileQuestion;
import dev.longtail.aggregator.folding.TileState;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.queryablestate.client.state.serialization.KvStateSerializer;

/**
 * Answers a {@link TileQuestion} with the part that is asked for, and a tile's number, which is how
 * Flink's own client asks, with the tile.
 */
final class TilePartRead<N> implements KeyedRead<Integer, N, ByteBuffer> {

    /** A number, Flink's mark and a void namespace; every question is longer. */
    private static final int BYTES_OF_A_NUMBER = Integer.BYTES + 2;

    private final KeyedRead<Integer, N, ByteBuffer> tiles;

    /** Not for several threads; each read has its own. */
    private final TypeSerializer<TileQuestion> questions =
            TileQuestion.TYPE.createSerializer(new SerializerConfigImpl());

    TilePartRead(KeyedRead<Integer, N, ByteBuffer> tiles) {
        this.tiles = tiles;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IOException when the key is neither a number nor a question
     * @throws IllegalArgumentException when the tile has no such part, or none can be like this
     */
    @Override
    public byte[] read(
            byte[] keyAndNamespace,
            TypeSerializer<Integer> keySerializer,
            TypeSerializer<N> namespaceSerializer,
            TypeSerializer<ByteBuffer> valueSerializer)
            throws Exception {
        if (keyAndNamespace.length == BYTES_OF_A_NUMBER) {
            return tiles.read(keyAndNamespace, keySerializer, namespaceSerializer, valueSerializer);
        }
        Tuple2<TileQuestion, N> asked =
                KvStateSerializer.deserializeKeyAndNamespace(
                        keyAndNamespace, questions.duplicate(), namespaceSerializer);
        TileQuestion question = asked.f0;
        byte[] tile =
                tiles.read(
                        KvStateSerializer.serializeKeyAndNamespace(
                                question.tile(), keySerializer, asked.f1, namespaceSerializer),
                        keySerializer,
                        namespaceSerializer,
                        valueSerializer);
        if (tile == null) {
            return null;
        }
        ByteBuffer part = ByteBuffer.wrap(question.part().of(TileState.in(tile)));
        return KvStateSerializer.serializeValue(part, valueSerializer);
    }
}
