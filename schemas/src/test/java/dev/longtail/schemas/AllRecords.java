package dev.longtail.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.util.RandomData;

/** Every kind of record that travels, and bytes of them made without {@link RecordCodec}. */
final class AllRecords {

    static final List<Class<? extends SpecificRecordBase>> TYPES =
            List.of(
                    Experiment.class,
                    Example.class,
                    Trial.class,
                    MemorizationBlock.class,
                    PairBlock.class,
                    Convergence.class,
                    JobDescription.class,
                    RejectedRecord.class);

    private AllRecords() {}

    /** A record of the schema with random content, as a writer in another language sends it. */
    static byte[] randomBytes(Schema schema, long seed) {
        Object datum = new RandomData(schema, 1, seed, true).iterator().next();
        return message(schema, encoder -> new GenericDatumWriter<>(schema).write(datum, encoder));
    }

    /** Header and whatever the body writes. */
    static byte[] message(Schema schema, Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(header(SchemaNormalization.parsingFingerprint64(schema)));
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            body.write(encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] header(long fingerprint) {
        return ByteBuffer.allocate(10)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 0x01)
                .putLong(fingerprint)
                .array();
    }

    /** What follows the header. */
    interface Body {
        void write(BinaryEncoder encoder) throws IOException;
    }
}
