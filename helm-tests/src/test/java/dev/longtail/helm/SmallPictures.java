package dev.longtail.helm;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** The data set of {@link TestExperiment}: noise with labels, in MNIST's format. */
final class SmallPictures {

    private static final int SIDE = 4;
    private static final int CLASSES = 4;

    private SmallPictures() {}

    static void write(Path dir) throws IOException {
        write(dir, "train", TestExperiment.TRAIN);
        write(dir, "t10k", TestExperiment.TEST);
    }

    private static void write(Path dir, String split, int size) throws IOException {
        Random random = new Random(size);
        byte[] pictures = new byte[size * SIDE * SIDE];
        random.nextBytes(pictures);
        byte[] labels = new byte[size];
        for (int k = 0; k < size; k++) {
            labels[k] = (byte) (k % CLASSES);
        }
        write(dir.resolve(split + "-images-idx3-ubyte"), pictures, size, SIDE, SIDE);
        write(dir.resolve(split + "-labels-idx1-ubyte"), labels, size);
    }

    /** A file of unsigned bytes: magic number with the number of dimensions, those, then all. */
    private static void write(Path file, byte[] values, int... dimensions) throws IOException {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            out.writeInt(0x0800 | dimensions.length);
            for (int dimension : dimensions) {
                out.writeInt(dimension);
            }
            out.write(values);
        }
    }
}
