package dev.longtail.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Records that a Python program wrote with fastavro; {@code make_fixtures.py} beside them says what
 * is in them. Avro leaves a writer no choice for such records, so our bytes must be the same.
 */
class ForeignRecordsTest {

    @Test
    void trialsOfPythonAreTrials() throws Exception {
        byte[] foreign = bytes("Trial.bin");
        RecordCodec<Trial> codec = RecordCodec.of(Trial.class);

        Trial trial = codec.decode(foreign);

        assertThat(trial)
                .isEqualTo(
                        Trial.newBuilder()
                                .setExperiment("from-python")
                                .setId("17")
                                .setSeed(-(1L << 40))
                                .setMask(packed(10, 0, 2, 3, 8, 9))
                                .setTrainCorrect(packed(10, 0, 1, 2, 7, 9))
                                .setTestCorrect(packed(3, 1, 2))
                                .setIncludedAccuracy(0.6)
                                .setConverged(false)
                                .setStartedAt(Instant.ofEpochMilli(1_700_000_000_123L))
                                .setWorker("Zürich")
                                .build());
        assertThat(codec.encode(trial)).isEqualTo(foreign);
    }

    @Test
    void descriptionsOfPythonAreExperiments() throws Exception {
        byte[] foreign = bytes("Experiment.bin");
        RecordCodec<Experiment> codec = RecordCodec.of(Experiment.class);

        Experiment experiment = codec.decode(foreign);

        assertThat(experiment)
                .isEqualTo(
                        Experiment.newBuilder()
                                .setName("from-python")
                                .setCreatedAt(Instant.ofEpochMilli(1_700_000_000_123L))
                                .setTrainSize(10)
                                .setTestSize(3)
                                .setSampler(
                                        Sampler.newBuilder()
                                                .setKind(SamplerKind.FIXED_SIZE)
                                                .setSubsetSize(5)
                                                .build())
                                .setClassNames(List.of("cat", "dog"))
                                .setTrainLabels(List.of(0, 1, 0, 1, 0, 1, 0, 1, 0, 1))
                                .setTestLabels(List.of(1, 0, -1))
                                .setDataFingerprint("")
                                .setSettings(Map.of("epochs", "10"))
                                .build());
        assertThat(codec.decode(codec.encode(experiment))).isEqualTo(experiment);
    }

    private static ByteBuffer packed(int size, int... set) {
        boolean[] bits = new boolean[size];
        for (int index : set) {
            bits[index] = true;
        }
        return ByteBuffer.wrap(PackedBits.pack(bits));
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = ForeignRecordsTest.class.getResourceAsStream("foreign/" + name)) {
            return in.readAllBytes();
        }
    }
}
