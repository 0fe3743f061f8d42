package dev.longtail.aggregator;

import dev.longtail.schemas.PackedBits;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.RejectionReason;
import dev.longtail.schemas.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;

/**
 * Records that must not be counted, each with the reason it is to be rejected for.
 *
 * @param reason expected reason
 * @param key its key, maybe null
 * @param value its value, maybe null
 */
public record Poison(RejectionReason reason, String key, byte[] value) {

    private static final RecordCodec<Trial> CODEC = RecordCodec.of(Trial.class);

    /** More than any small experiment's trial may have. */
    private static final int LARGE = 200_000;

    /** One of each kind; the experiment's sizes must not be multiples of 8. */
    public static List<Poison> ofEachKind(RandomTrials trials) {
        byte[] good = CODEC.encode(trials.trial(0));
        byte[] otherSchema = good.clone();
        otherSchema[5] ^= 1;
        byte[] ones = new byte[PackedBits.byteLength(trials.trainSize)];
        for (int i = 0; i < trials.trainSize; i++) {
            PackedBits.set(ones, i);
        }
        byte[] padded = trials.trial(0).getTestCorrect().array().clone();
        padded[padded.length - 1] |= (byte) 0x80;
        return List.of(
                new Poison(RejectionReason.UNDECODABLE, "0", null),
                new Poison(RejectionReason.UNDECODABLE, "0", new byte[0]),
                new Poison(RejectionReason.UNDECODABLE, "0", "not avro at all".getBytes()),
                new Poison(RejectionReason.UNDECODABLE, "0", Arrays.copyOf(good, good.length - 3)),
                new Poison(RejectionReason.UNDECODABLE, "0", Arrays.copyOf(good, good.length + 1)),
                new Poison(RejectionReason.UNKNOWN_SCHEMA, "0", otherSchema),
                new Poison(RejectionReason.UNKNOWN_SCHEMA, "0", ofNewerRelease(trials.trial(0))),
                new Poison(RejectionReason.UNDECODABLE, "0", new byte[LARGE]),
                new Poison(RejectionReason.UNKNOWN_SCHEMA, "0", Arrays.copyOf(otherSchema, LARGE)),
                new Poison(RejectionReason.TOO_LARGE, "0", Arrays.copyOf(good, LARGE)),
                changed(
                        trials,
                        RejectionReason.UNKNOWN_EXPERIMENT,
                        trial -> with(trial, t -> t.setExperiment("other"))),
                changed(trials, RejectionReason.WRONG_ID, trial -> with(trial, t -> t.setId(""))),
                changed(
                        trials,
                        RejectionReason.WRONG_ID,
                        trial -> with(trial, t -> t.setId("x".repeat(201)))),
                new Poison(RejectionReason.WRONG_KEY, "another", good),
                new Poison(RejectionReason.WRONG_KEY, null, good),
                changed(
                        trials,
                        RejectionReason.WRONG_LENGTH,
                        trial -> with(trial, t -> t.setMask(ByteBuffer.allocate(5)))),
                changed(
                        trials,
                        RejectionReason.WRONG_LENGTH,
                        trial -> with(trial, t -> t.setTrainCorrect(ByteBuffer.allocate(0)))),
                changed(
                        trials,
                        RejectionReason.PADDING_SET,
                        trial -> with(trial, t -> t.setTestCorrect(ByteBuffer.wrap(padded)))),
                changed(
                        trials,
                        RejectionReason.WRONG_SUBSET_SIZE,
                        trial -> with(trial, t -> t.setMask(ByteBuffer.wrap(ones)))));
    }

    /** What a trainer sends whose release gave trials one field more. */
    private static byte[] ofNewerRelease(Trial trial) {
        Schema current = Trial.getClassSchema();
        Schema newer =
                Schema.createRecord(
                        current.getName(), current.getDoc(), current.getNamespace(), false);
        List<Schema.Field> fields = new ArrayList<>();
        current.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        Schema.Field added =
                new Schema.Field("augmentation", Schema.create(Schema.Type.STRING), null, "none");
        fields.add(added);
        newer.setFields(fields);
        GenericRecord record = new GenericData.Record(newer);
        current.getFields().forEach(field -> record.put(field.name(), trial.get(field.pos())));
        record.put(added.name(), "flip");
        try {
            return new BinaryMessageEncoder<GenericRecord>(new SpecificData(), newer)
                    .encode(record)
                    .array();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Trial with(Trial trial, java.util.function.Consumer<Trial> change) {
        change.accept(trial);
        return trial;
    }

    private static Poison changed(
            RandomTrials trials, RejectionReason reason, UnaryOperator<Trial> change) {
        Trial trial = trials.trial(0);
        trial.setId("poison");
        Trial poisoned = change.apply(trial);
        return new Poison(reason, poisoned.getId(), CODEC.encode(poisoned));
    }
}
