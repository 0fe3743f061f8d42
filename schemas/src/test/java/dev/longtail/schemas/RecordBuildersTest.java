package dev.longtail.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The generated builders fill in every default without any setting of the process. */
class RecordBuildersTest {

    /** A default for a list of records would make Avro load a class by name, which it refuses. */
    @Test
    void plantedTruthNeedsOnlyItsTwins() {
        GroundTruth truth = GroundTruth.newBuilder().setNearDuplicates(List.of()).build();

        assertThat(truth.getFlipped()).isEmpty();
        assertThat(truth.getNearDuplicates()).isEmpty();
    }

    @Test
    void experimentNeedsOnlyWhatItCannotDoWithout() throws UndecodableRecordException {
        Experiment experiment =
                Experiment.newBuilder()
                        .setName("mnist")
                        .setCreatedAt(Instant.ofEpochMilli(1_700_000_000_123L))
                        .setTrainSize(4)
                        .setTestSize(2)
                        .setSampler(
                                Sampler.newBuilder()
                                        .setKind(SamplerKind.FIXED_SIZE)
                                        .setSubsetSize(3)
                                        .build())
                        .setDataFingerprint("")
                        .build();
        RecordCodec<Experiment> codec = RecordCodec.of(Experiment.class);

        Experiment read = codec.decode(codec.encode(experiment));

        assertThat(read).isEqualTo(experiment);
        assertThat(read.getTrainLabels()).isNull();
        assertThat(read.getSettings()).isEmpty();
        assertThat(read.getCreatedAt()).isEqualTo(Instant.ofEpochMilli(1_700_000_000_123L));
    }

    @Test
    void trialKeepsItsVectors() throws UndecodableRecordException {
        Trial trial =
                Trial.newBuilder()
                        .setExperiment("mnist")
                        .setId("17")
                        .setMask(ByteBuffer.wrap(new byte[] {0x0b}))
                        .setTrainCorrect(ByteBuffer.wrap(new byte[] {0x0f}))
                        .setTestCorrect(ByteBuffer.wrap(new byte[] {0x02}))
                        .build();
        RecordCodec<Trial> codec = RecordCodec.of(Trial.class);

        Trial read = codec.decode(codec.encode(trial));

        assertThat(read).isEqualTo(trial);
        assertThat(read.getConverged()).isTrue();
        assertThat(read.getIncludedAccuracy()).isNull();
        assertThat(read.getMask().array()).containsExactly(0x0b);
    }
}
