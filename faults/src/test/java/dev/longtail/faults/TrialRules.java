package dev.longtail.faults;

import static dev.longtail.schemas.RejectionReason.PADDING_SET;
import static dev.longtail.schemas.RejectionReason.TOO_LARGE;
import static dev.longtail.schemas.RejectionReason.UNDECODABLE;
import static dev.longtail.schemas.RejectionReason.UNKNOWN_EXPERIMENT;
import static dev.longtail.schemas.RejectionReason.UNKNOWN_SCHEMA;
import static dev.longtail.schemas.RejectionReason.WRONG_ID;
import static dev.longtail.schemas.RejectionReason.WRONG_KEY;
import static dev.longtail.schemas.RejectionReason.WRONG_LENGTH;
import static dev.longtail.schemas.RejectionReason.WRONG_SUBSET_SIZE;

import dev.longtail.aggregator.RandomTrials;
import dev.longtail.schemas.RejectionReason;
import dev.longtail.schemas.SchemaStore;
import dev.longtail.schemas.Trial;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * The rules of docs/open-interface.md as a stranger writes them down who has the released schemas
 * and Avro's generic reader, but nothing of the job's validation, codec or bit vectors. A record
 * may break several rules; its reason is the first of these that it breaks:
 *
 * <ol>
 *   <li>{@code UNDECODABLE}: no value, or one without the header of the single-object encoding
 *   <li>{@code UNKNOWN_SCHEMA}: the header's fingerprint is of no released schema; whatever follows
 *   <li>{@code TOO_LARGE}: more than 64 KiB beside the vectors; not decoded
 *   <li>{@code UNDECODABLE}: what follows the header is not exactly one record of that schema
 *   <li>{@code UNKNOWN_EXPERIMENT}
 *   <li>{@code WRONG_ID}: empty or longer than 200 characters
 *   <li>{@code WRONG_KEY}: none or other than the id
 *   <li>{@code WRONG_LENGTH}, then {@code PADDING_SET}, of {@code mask}; then both of {@code
 *       trainCorrect}; then both of {@code testCorrect}
 *   <li>{@code WRONG_SUBSET_SIZE}
 * </ol>
 *
 * What Avro reads leniently is lenient here, too: a boolean other than 0 and 1 is false, characters
 * that are no UTF-8 become U+FFFD.
 */
final class TrialRules {

    private static final int HEADER_BYTES = 10;
    private static final int BYTES_BESIDE_VECTORS = 64 * 1024;
    private static final int LONGEST_ID = 200;

    private final RandomTrials trials;
    private final Map<Long, GenericDatumReader<GenericRecord>> readers = new HashMap<>();

    TrialRules(RandomTrials trials) {
        this.trials = trials;
        for (Schema released : SchemaStore.released("Trial")) {
            readers.put(
                    SchemaNormalization.parsingFingerprint64(released),
                    new GenericDatumReader<>(released));
        }
    }

    /** What a record is. */
    Verdict judge(byte[] key, byte[] value) {
        if (value == null
                || value.length < HEADER_BYTES
                || value[0] != (byte) 0xC3
                || value[1] != 1) {
            return rejected(UNDECODABLE);
        }
        long fingerprint = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
        if (!readers.containsKey(fingerprint)) {
            return rejected(UNKNOWN_SCHEMA);
        }
        int vectors = 2 * bytes(trials.trainSize) + bytes(trials.testSize);
        if (value.length > vectors + BYTES_BESIDE_VECTORS) {
            return rejected(TOO_LARGE);
        }
        return decode(value, readers.get(fingerprint))
                .map(trial -> judge(key, trial))
                .orElse(rejected(UNDECODABLE));
    }

    private static Optional<GenericRecord> decode(
            byte[] value, GenericDatumReader<GenericRecord> reader) {
        BinaryDecoder in =
                DecoderFactory.get()
                        .binaryDecoder(value, HEADER_BYTES, value.length - HEADER_BYTES, null);
        try {
            GenericRecord trial = reader.read(null, in);
            return in.isEnd() ? Optional.of(trial) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private Verdict judge(byte[] key, GenericRecord trial) {
        if (!trial.get("experiment").toString().equals(trials.name)) {
            return rejected(UNKNOWN_EXPERIMENT);
        }
        String id = trial.get("id").toString();
        if (id.isEmpty() || id.length() > LONGEST_ID) {
            return rejected(WRONG_ID);
        }
        if (key == null || !id.equals(new String(key, StandardCharsets.UTF_8))) {
            return rejected(WRONG_KEY);
        }
        for (String field : new String[] {"mask", "trainCorrect", "testCorrect"}) {
            int size = field.equals("testCorrect") ? trials.testSize : trials.trainSize;
            byte[] vector = vector(trial, field);
            if (vector.length != bytes(size)) {
                return rejected(WRONG_LENGTH);
            }
            if (BitSet.valueOf(vector).length() > size) {
                return rejected(PADDING_SET);
            }
        }
        if (BitSet.valueOf(vector(trial, "mask")).cardinality() != trials.subsetSize) {
            return rejected(WRONG_SUBSET_SIZE);
        }
        Trial known = trials.trial(Integer.parseInt(id));
        boolean same =
                Arrays.equals(vector(trial, "mask"), known.getMask().array())
                        && Arrays.equals(
                                vector(trial, "trainCorrect"), known.getTrainCorrect().array())
                        && Arrays.equals(
                                vector(trial, "testCorrect"), known.getTestCorrect().array());
        return same ? new Verdict.Known() : new Verdict.Conflicting();
    }

    private static byte[] vector(GenericRecord trial, String field) {
        ByteBuffer bytes = (ByteBuffer) trial.get(field);
        byte[] vector = new byte[bytes.remaining()];
        bytes.duplicate().get(vector);
        return vector;
    }

    private static int bytes(int bits) {
        return (bits + 7) / 8;
    }

    private static Verdict rejected(RejectionReason reason) {
        return new Verdict.Rejected(reason);
    }
}
