package dev.longtail.helm;

import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.Sampler;
import dev.longtail.schemas.SamplerKind;
import java.time.Instant;

/** A small experiment without data. */
final class TestExperiment {

    static final int TRAIN = 40;
    static final int TEST = 24;
    static final int SUBSET = 28;

    private TestExperiment() {}

    static Experiment small() {
        return Experiment.newBuilder()
                .setName("digits")
                .setCreatedAt(Instant.EPOCH)
                .setTrainSize(TRAIN)
                .setTestSize(TEST)
                .setSampler(
                        Sampler.newBuilder()
                                .setKind(SamplerKind.FIXED_SIZE)
                                .setSubsetSize(SUBSET)
                                .build())
                .setDataFingerprint("")
                .build();
    }
}
