package dev.longtail.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordCodecTest {

    private static final int ROUNDS = 200;

    static Stream<Class<? extends SpecificRecordBase>> types() {
        return AllRecords.TYPES.stream();
    }

    @ParameterizedTest
    @MethodSource("types")
    <T extends SpecificRecordBase> void everyRecordSurvivesTheRoundTrip(Class<T> type)
            throws Exception {
        RecordCodec<T> codec = RecordCodec.of(type);
        for (int seed = 0; seed < ROUNDS; seed++) {
            T record = codec.decode(AllRecords.randomBytes(codec.schema(), seed));

            assertThat(codec.decode(codec.encode(record))).isEqualTo(record);
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    <T extends SpecificRecordBase> void startsWithMarkerAndLittleEndianFingerprint(Class<T> type)
            throws Exception {
        RecordCodec<T> codec = RecordCodec.of(type);
        T record = codec.decode(AllRecords.randomBytes(codec.schema(), 1));

        ByteBuffer header = ByteBuffer.wrap(codec.encode(record)).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(header.get()).isEqualTo((byte) 0xC3);
        assertThat(header.get()).isEqualTo((byte) 0x01);
        assertThat(header.getLong()).isEqualTo(codec.writtenFingerprint());
    }

    @ParameterizedTest
    @MethodSource("types")
    <T extends SpecificRecordBase> void everyTruncationIsUndecodable(Class<T> type) {
        RecordCodec<T> codec = RecordCodec.of(type);
        byte[] whole = AllRecords.randomBytes(codec.schema(), 5);
        for (int length = 0; length < whole.length; length++) {
            byte[] truncated = Arrays.copyOf(whole, length);

            assertThat(failure(codec, truncated).reason())
                    .as("%s cut to %d of %d bytes", type.getSimpleName(), length, whole.length)
                    .isEqualTo(RejectionReason.UNDECODABLE);
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    <T extends SpecificRecordBase> void bytesAfterTheRecordAreUndecodable(Class<T> type) {
        RecordCodec<T> codec = RecordCodec.of(type);
        byte[] whole = AllRecords.randomBytes(codec.schema(), 6);

        UndecodableRecordException failure = failure(codec, Arrays.copyOf(whole, whole.length + 3));

        assertThat(failure.reason()).isEqualTo(RejectionReason.UNDECODABLE);
        assertThat(failure).hasMessageContaining("3 bytes follow the record");
    }

    @ParameterizedTest
    @MethodSource("types")
    <T extends SpecificRecordBase> void changedBytesDecodeOrAreUndecodableAndNothingElse(
            Class<T> type) {
        RecordCodec<T> codec = RecordCodec.of(type);
        Random random = new Random(11);
        int refused = 0;
        for (int round = 0; round < 20 * ROUNDS; round++) {
            byte[] bytes = AllRecords.randomBytes(codec.schema(), round % 50);
            for (int change = random.nextInt(4); change >= 0; change--) {
                bytes[
                                RecordCodec.HEADER_BYTES
                                        + random.nextInt(bytes.length - RecordCodec.HEADER_BYTES)] =
                        (byte) random.nextInt();
            }
            refused += decodes(codec, bytes) ? 0 : 1;
        }
        assertThat(refused).isPositive();
    }

    @Test
    void noiseIsUndecodable() {
        RecordCodec<Trial> codec = RecordCodec.of(Trial.class);
        Random random = new Random(3);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] noise = new byte[random.nextInt(2_000)];
            random.nextBytes(noise);

            assertThat(failure(codec, noise).reason()).isEqualTo(RejectionReason.UNDECODABLE);
        }
    }

    @Test
    void missingBytesAreUndecodable() {
        UndecodableRecordException failure = failure(RecordCodec.of(Trial.class), null);

        assertThat(failure.reason()).isEqualTo(RejectionReason.UNDECODABLE);
        assertThat(failure)
                .hasMessage("not a Trial: expected at least 10 header bytes, found none");
    }

    @Test
    void textIsUndecodableAndNamesTheMarker() {
        UndecodableRecordException failure =
                failure(
                        RecordCodec.of(Trial.class),
                        "{\"id\": \"17\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(failure.reason()).isEqualTo(RejectionReason.UNDECODABLE);
        assertThat(failure)
                .hasMessageContaining("expected the marker c301")
                .hasMessageContaining("7b22");
    }

    @Test
    void anotherKindOfRecordIsOfAnUnknownSchema() {
        byte[] example = AllRecords.randomBytes(Example.getClassSchema(), 2);

        assertThat(failure(RecordCodec.of(Trial.class), example).reason())
                .isEqualTo(RejectionReason.UNKNOWN_SCHEMA);
    }

    @Test
    void aNewerWriterIsNamedByItsFingerprint() {
        byte[] fromTheFuture = Arrays.copyOf(AllRecords.header(0x0123456789abcdefL), 500);

        UndecodableRecordException failure = failure(RecordCodec.of(Trial.class), fromTheFuture);

        assertThat(failure.reason()).isEqualTo(RejectionReason.UNKNOWN_SCHEMA);
        assertThat(failure)
                .hasMessageContaining("0123456789abcdef")
                .hasMessageContaining("older than the writer");
    }

    private static boolean decodes(RecordCodec<?> codec, byte[] bytes) {
        try {
            return codec.decode(bytes) != null;
        } catch (UndecodableRecordException e) {
            assertThat(e.reason()).isEqualTo(RejectionReason.UNDECODABLE);
            return false;
        }
    }

    private static UndecodableRecordException failure(RecordCodec<?> codec, byte[] bytes) {
        UndecodableRecordException failure =
                catchThrowableOfType(UndecodableRecordException.class, () -> codec.decode(bytes));
        assertThat(failure).as("expected the bytes to be refused").isNotNull();
        return failure;
    }
}
