package dev.longtail.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Avro single-object encoding of one kind of record, with the released schemas at hand.
 *
 * <pre>
 *   bytes 0-1   0xC3 0x01                      marker of the single-object encoding, version 1
 *   bytes 2-9   CRC-64-AVRO, little-endian     fingerprint of the writer's schema
 *   bytes 10-   Avro binary                    the record
 * </pre>
 *
 * Bytes from anywhere are safe to decode: a length in the record that exceeds the bytes that are
 * left is refused before anything of that length is allocated. Avro does so only when it decodes an
 * array of bytes, which is why its decoder of messages, made for streams, is not used here.
 *
 * <p>Safe for use by several threads.
 *
 * @param <T> the generated record class
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#single-object-encoding">Avro
 *     specification, single-object encoding</a>
 */
public final class RecordCodec<T extends SpecificRecordBase> {

    /** Marker and fingerprint before the record. */
    public static final int HEADER_BYTES = 10;

    private static final short MARKER = (short) 0xC301;

    private final Schema schema;
    private final BinaryMessageEncoder<T> encoder;
    private final Map<Long, DatumReader<T>> readers = new HashMap<>();

    private RecordCodec(Class<T> type) {
        SpecificData model = new RecordModel(type);
        this.schema = model.getSchema(type);
        this.encoder = new BinaryMessageEncoder<>(model, schema);
        addReader(model, schema);
        SchemaStore.released(schema.getName()).forEach(written -> addReader(model, written));
    }

    @SuppressWarnings("unchecked")
    private void addReader(SpecificData model, Schema written) {
        readers.put(
                SchemaNormalization.parsingFingerprint64(written),
                (DatumReader<T>) model.createDatumReader(written, schema));
    }

    /** A codec for the given generated class. */
    public static <T extends SpecificRecordBase> RecordCodec<T> of(Class<T> type) {
        return new RecordCodec<>(type);
    }

    /** The record as bytes, header first. */
    public byte[] encode(T record) {
        try {
            ByteBuffer encoded = encoder.encode(record);
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot encode a " + schema.getName(), e);
        }
    }

    /**
     * The record in the bytes, resolved to the current schema.
     *
     * @throws UndecodableRecordException when the bytes have no valid header, are of a schema that
     *     is not released, or are truncated, too long or otherwise malformed
     */
    public T decode(byte[] bytes) throws UndecodableRecordException {
        DatumReader<T> reader = readerFor(bytes);
        BinaryDecoder in =
                DecoderFactory.get()
                        .binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, null);
        try {
            T record = reader.read(null, in);
            if (!in.isEnd()) {
                throw undecodable(in.remainingBytes() + " bytes follow the record", null);
            }
            return record;
        } catch (IOException
                | AvroRuntimeException
                | UnsupportedOperationException
                | IllegalArgumentException
                | IndexOutOfBoundsException e) {
            throw undecodable(e.toString(), e);
        }
    }

    /**
     * Refuses bytes that do not begin as a record of a released schema does; looks at nothing else.
     *
     * @throws UndecodableRecordException when they have no valid header or are of a schema that is
     *     not released
     */
    public void requireHeader(byte[] bytes) throws UndecodableRecordException {
        readerFor(bytes);
    }

    private DatumReader<T> readerFor(byte[] bytes) throws UndecodableRecordException {
        if (bytes == null || bytes.length < HEADER_BYTES) {
            throw undecodable(
                    "expected at least %d header bytes, found %s"
                            .formatted(HEADER_BYTES, bytes == null ? "none" : bytes.length),
                    null);
        }
        ByteBuffer header = ByteBuffer.wrap(bytes, 0, HEADER_BYTES);
        short marker = header.getShort();
        if (marker != MARKER) {
            throw undecodable(
                    "expected the marker c301 of Avro's single-object encoding, found %04x"
                            .formatted(marker & 0xffff),
                    null);
        }
        long fingerprint = header.order(ByteOrder.LITTLE_ENDIAN).getLong();
        DatumReader<T> reader = readers.get(fingerprint);
        if (reader == null) {
            throw new UndecodableRecordException(
                    RejectionReason.UNKNOWN_SCHEMA,
                    "not a released %s schema: fingerprint %016x; this program is older than the writer: update it and publish the record again; or the record is of another kind"
                            .formatted(schema.getName(), fingerprint),
                    null);
        }
        return reader;
    }

    /** The schema this codec writes. */
    public Schema schema() {
        return schema;
    }

    /** CRC-64-AVRO fingerprint of the schema this codec writes, as in its headers. */
    public long writtenFingerprint() {
        return SchemaNormalization.parsingFingerprint64(schema);
    }

    private UndecodableRecordException undecodable(String why, Throwable cause) {
        return new UndecodableRecordException(
                RejectionReason.UNDECODABLE,
                "not a %s: %s".formatted(schema.getName(), why),
                cause);
    }
}
