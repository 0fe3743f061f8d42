package dev.longtail.faults;

import dev.longtail.aggregator.RandomTrials;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.Trial;
import java.util.Arrays;
import java.util.Random;

/**
 * Records that no trainer wrote: noise, and genuine trials that were cut, extended or changed in a
 * byte. A changed one may still be a valid repeat of its trial, with the same vectors or others.
 */
final class FuzzedRecords {

    private static final int MOST_NOISE = 2_000;

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
        byte[] value = codec.encode(trials.trial(k));
        String key = String.valueOf(k);
        return switch (random.nextInt(4)) {
            case 0 -> new Fuzzed(key, noise(random.nextInt(MOST_NOISE)));
            case 1 -> new Fuzzed(key, Arrays.copyOf(value, random.nextInt(value.length)));
            case 2 -> new Fuzzed(key, Arrays.copyOf(value, value.length + 1 + random.nextInt(50)));
            default -> {
                value[random.nextInt(value.length)] ^= (byte) (1 + random.nextInt(255));
                yield new Fuzzed(key, value);
            }
        };
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
