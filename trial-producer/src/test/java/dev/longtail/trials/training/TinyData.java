package dev.longtail.trials.training;

import dev.longtail.trials.data.ByteImages;
import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.data.ExampleSet;
import dev.longtail.trials.data.ImageShape;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Small random pictures whose class shows in their brightness pattern, plus noise. */
final class TinyData {

    private TinyData() {}

    static Dataset draw(ImageShape shape, int train, int test, int classes, long seed) {
        Random random = new Random(seed);
        byte[][] patterns = new byte[classes][shape.length()];
        for (byte[] pattern : patterns) {
            random.nextBytes(pattern);
        }
        List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        return new Dataset(
                "tiny",
                examples(shape, train, patterns, random),
                examples(shape, test, patterns, random),
                names,
                Optional.empty());
    }

    private static ExampleSet examples(
            ImageShape shape, int size, byte[][] patterns, Random random) {
        ByteBuffer pixels = ByteBuffer.allocate(size * shape.length());
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            labels[i] = random.nextInt(patterns.length);
            for (byte value : patterns[labels[i]]) {
                double noisy = (value & 0xff) + 60 * random.nextGaussian();
                pixels.put((byte) Math.max(0, Math.min(255, Math.round(noisy))));
            }
        }
        return new ExampleSet(new ByteImages(shape, pixels.flip()), labels, List.of());
    }
}
