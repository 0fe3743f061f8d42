package dev.longtail.faults;

import dev.longtail.aggregator.RandomTrials;
import dev.longtail.schemas.PackedBits;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.Trial;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/**
 * Records that no trainer wrote: noise with and without a genuine header, and genuine trials that
 * were cut, extended or changed in a byte, whose vectors have another length, set padding or
 * include everything. One that was changed in a byte may still be a valid repeat of its trial, with
 * the same vectors or others. The experiment's sizes must not be multiples of 8.
 */
final class FuzzedRecords {

    private static final int MOST_NOISE = 2_000;
    private static final int OVERSIZED = 200_000;

    /** Dead letters keep up to 64 KiB of a record: too many of them fill the disk. */
    private static final int OVERSIZED_ONE_IN = 500;

    /** All others are as frequent as each other. */
    private static final Mutation[] FREQUENT =
            Arrays.stream(Mutation.values())
                    .filter(mutation -> mutation != Mutation.OVERSIZED)
                    .toArray(Mutation[]::new);

    private static final String[] VECTORS = {"mask", "trainCorrect", "testCorrect"};

    private final RandomTrials trials;
    private final Random random;
    private final RecordCodec<Trial> codec = RecordCodec.of(Trial.class);

    /** A record's key and value, and how it came about. */
    record Fuzzed(Mutation mutation, String key, byte[] value) {}

    FuzzedRecords(RandomTrials trials, long seed) {
        this.trials = trials;
        this.random = new Random(seed);
    }

    Fuzzed next() {
        Trial trial = trials.trial(random.nextInt(trials.trials()));
        Mutation mutation =
                random.nextInt(OVERSIZED_ONE_IN) == 0
                        ? Mutation.OVERSIZED
                        : FREQUENT[random.nextInt(FREQUENT.length)];
        return new Fuzzed(mutation, trial.getId(), mutated(mutation, trial));
    }

    private byte[] mutated(Mutation mutation, Trial trial) {
        byte[] genuine = codec.encode(trial);
        return switch (mutation) {
            case NOISE -> noise(random.nextInt(MOST_NOISE));
            case NOISE_BEHIND_HEADER -> withHeaderOf(genuine, noise(random.nextInt(MOST_NOISE)));
            case TRUNCATED -> Arrays.copyOf(genuine, random.nextInt(genuine.length));
            case EXTENDED -> Arrays.copyOf(genuine, genuine.length + 1 + random.nextInt(50));
            case OVERSIZED -> Arrays.copyOf(genuine, OVERSIZED);
            case BYTE_CHANGED -> {
                genuine[random.nextInt(genuine.length)] ^= (byte) (1 + random.nextInt(255));
                yield genuine;
            }
            case OTHER_LENGTH -> {
                String vector = VECTORS[random.nextInt(VECTORS.length)];
                byte[] other = noise(otherLength(vector(trial, vector).length));
                yield withVector(trial, vector, other);
            }
            case UNUSED_BIT_SET -> {
                String vector = VECTORS[random.nextInt(VECTORS.length)];
                byte[] padded = vector(trial, vector).clone();
                padded[padded.length - 1] |= (byte) 0x80;
                yield withVector(trial, vector, padded);
            }
            case ALL_INCLUDED -> {
                byte[] ones = new byte[PackedBits.byteLength(trials.trainSize)];
                for (int i = 0; i < trials.trainSize; i++) {
                    PackedBits.set(ones, i);
                }
                yield withVector(trial, "mask", ones);
            }
        };
    }

    private static byte[] vector(Trial trial, String field) {
        return ((ByteBuffer) trial.get(field)).array();
    }

    private byte[] withVector(Trial trial, String field, byte[] vector) {
        trial.put(field, ByteBuffer.wrap(vector));
        return codec.encode(trial);
    }

    private static byte[] withHeaderOf(byte[] genuine, byte[] noise) {
        byte[] value = Arrays.copyOf(genuine, RecordCodec.HEADER_BYTES + noise.length);
        System.arraycopy(noise, 0, value, RecordCodec.HEADER_BYTES, noise.length);
        return value;
    }

    private int otherLength(int length) {
        int other = random.nextInt(2 * length);
        return other == length ? 0 : other;
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
