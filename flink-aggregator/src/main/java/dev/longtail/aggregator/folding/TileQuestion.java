package dev.longtail.aggregator.folding;

import dev.longtail.aggregator.wire.BinaryForm;
import dev.longtail.aggregator.wire.BinaryType;
import dev.longtail.estimators.counting.TilePart;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What is asked of a tile's counters, in place of its number as the key of a read: an answer about
 * one pair has some sixty bytes of counters, a tile a quarter of a megabyte.
 *
 * @param tile the tile's number
 * @param part what of it
 */
public record TileQuestion(int tile, TilePart part) {

    /** Flink's type of this record. */
    public static final BinaryType<TileQuestion> TYPE =
            BinaryType.of(TileQuestion.class, Form.class);

    /** That of the tile's number: Flink finds by it which task has the key. */
    @Override
    public int hashCode() {
        return Integer.hashCode(tile);
    }

    /** How it is written in a request. */
    public static final class Form implements BinaryForm<TileQuestion> {

        @Override
        public void write(TileQuestion question, DataOutput out) throws IOException {
            out.writeInt(question.tile);
            out.writeInt(question.part.firstRow());
            out.writeInt(question.part.rows());
            out.writeInt(question.part.firstColumn());
            out.writeInt(question.part.columns());
        }

        @Override
        public TileQuestion read(DataInput in) throws IOException {
            return new TileQuestion(
                    in.readInt(),
                    new TilePart(in.readInt(), in.readInt(), in.readInt(), in.readInt()));
        }
    }
}
