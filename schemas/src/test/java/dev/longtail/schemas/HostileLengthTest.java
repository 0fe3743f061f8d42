package dev.longtail.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A few bytes that announce a string, vector, list or map of gigabytes are refused without
 * allocating them (16 MiB are allowed for loading classes): anyone who may write to a topic may
 * send them.
 */
class HostileLengthTest {

    private static final long ALLOWED_BYTES = 16 << 20;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Stream<Arguments> lengthsInEveryField() {
        return AllRecords.TYPES.stream().flatMap(HostileLengthTest::lengthsInFieldsOf);
    }

    private static Stream<Arguments> lengthsInFieldsOf(Class<? extends SpecificRecordBase> type) {
        return RecordCodec.of(type).schema().getFields().stream()
                .filter(field -> hasLength(variant(field.schema())))
                .flatMap(
                        field ->
                                LongStream.of(
                                                Integer.MAX_VALUE - 8,
                                                Integer.MAX_VALUE,
                                                1L << 31,
                                                Long.MAX_VALUE,
                                                -1,
                                                Long.MIN_VALUE)
                                        .mapToObj(
                                                length ->
                                                        Arguments.of(type, field.name(), length)));
    }

    @ParameterizedTest(name = "{0}.{1} of length {2}")
    @MethodSource("lengthsInEveryField")
    <T extends SpecificRecordBase> void isRefusedWithoutAllocating(
            Class<T> type, String field, long length) {
        RecordCodec<T> codec = RecordCodec.of(type);
        byte[] hostile = hostile(codec.schema(), field, length);
        long before = threads.getCurrentThreadAllocatedBytes();

        UndecodableRecordException failure =
                catchThrowableOfType(UndecodableRecordException.class, () -> codec.decode(hostile));

        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(failure).isNotNull();
        assertThat(failure.reason()).isEqualTo(RejectionReason.UNDECODABLE);
        assertThat(allocated).isLessThan(ALLOWED_BYTES);
    }

    /** Valid fields up to the named one, then the length, then nearly nothing. */
    private static byte[] hostile(Schema schema, String fieldName, long length) {
        return AllRecords.message(
                schema,
                encoder -> {
                    for (Schema.Field field : schema.getFields()) {
                        if (field.name().equals(fieldName)) {
                            writeLength(encoder, field.schema(), length);
                            return;
                        }
                        Object value = new RandomData(field.schema(), 1, 4, true).iterator().next();
                        new GenericDatumWriter<>(field.schema()).write(value, encoder);
                    }
                });
    }

    private static void writeLength(BinaryEncoder encoder, Schema field, long length)
            throws IOException {
        if (field.isUnion()) {
            encoder.writeIndex(1);
        }
        encoder.writeLong(length);
        for (int i = 0; i < 20; i++) {
            encoder.writeLong(1);
        }
    }

    private static Schema variant(Schema schema) {
        return schema.isUnion() ? schema.getTypes().get(1) : schema;
    }

    private static boolean hasLength(Schema schema) {
        return switch (schema.getType()) {
            case STRING, BYTES, ARRAY, MAP -> true;
            default -> false;
        };
    }
}
