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
 * the same vectors or others.
 */
final class FuzzedRecords {

    private static final int MOST_NOISE = 2_000;
    private static final int OVERSIZED = 200_000;

    /** Dead letters keep up to 64 KiB of a record: too many of them fill the disk. */
    private static final int OVERSIZED_ONE_IN = 500;

    private final RandomTrials trials;
    private final Random random;
    private final RecordCodec<Trial> codec = RecordCodec.of(Trial.class);

    /** A record's key and value. */
    record Fuzzed(String key, byte[] value) {}

    FuzzedRecords(RandomTrials trials, long seed) {
        this.trials = trials;
        this.random = new Random(seed);
    }

    Fuzzed next() {
        int k = random.nextInt(trials.trials());
        return new Fuzzed(String.valueOf(k), value(trials.trial(k)));
    }

    private byte[] value(Trial trial) {
        if (random.nextInt(OVERSIZED_ONE_IN) == 0) {
            return Arrays.copyOf(codec.encode(trial), OVERSIZED);
        }
        byte[] genuine = codec.encode(trial);
        return switch (random.nextInt(8)) {
            case 0 -> noise(random.nextInt(MOST_NOISE));
            case 1 -> withHeaderOf(genuine, noise(random.nextInt(MOST_NOISE)));
            case 2 -> Arrays.copyOf(genuine, random.nextInt(genuine.length));
            case 3 -> Arrays.copyOf(genuine, genuine.length + 1 + random.nextInt(50));
            case 4 -> {
                genuine[random.nextInt(genuine.length)] ^= (byte) (1 + random.nextInt(255));
                yield genuine;
            }
            case 5 -> {
                trial.setTestCorrect(otherLength(trial.getTestCorrect().remaining()));
                yield codec.encode(trial);
            }
            case 6 -> {
                byte[] padded = trial.getTestCorrect().array().clone();
                padded[padded.length - 1] |= (byte) 0x80;
                trial.setTestCorrect(ByteBuffer.wrap(padded));
                yield codec.encode(trial);
            }
            default -> {
                byte[] ones = new byte[PackedBits.byteLength(trials.trainSize)];
                for (int i = 0; i < trials.trainSize; i++) {
                    PackedBits.set(ones, i);
                }
                trial.setMask(ByteBuffer.wrap(ones));
                yield codec.encode(trial);
            }
        };
    }

    private static byte[] withHeaderOf(byte[] genuine, byte[] noise) {
        byte[] value = Arrays.copyOf(genuine, RecordCodec.HEADER_BYTES + noise.length);
        System.arraycopy(noise, 0, value, RecordCodec.HEADER_BYTES, noise.length);
        return value;
    }

    private ByteBuffer otherLength(int length) {
        int other = random.nextInt(2 * length);
        return ByteBuffer.wrap(noise(other == length ? 0 : other));
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
