package dev.longtail.exchange.counting;

import dev.longtail.estimators.counting.TrialBlock;
import dev.longtail.schemas.PackedBits;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The vectors of a list of trials in a temporary file, so that any number of passes reads exactly
 * the same trials, however many arrive meanwhile.
 *
 * <p>A trial takes {@code 2 ceil(n/8) + ceil(n'/8)} bytes: 14 KB at the size of CIFAR-100, 326 KB
 * at that of ImageNet.
 */
public final class TrialSpool implements AutoCloseable {

    /** Bytes of vectors per block; the transposed block takes as much again. */
    private static final long BLOCK_BYTES = 64L << 20;

    private static final int LARGEST_BLOCK = 1024;
    private static final int SMALLEST_BLOCK = 64;
    private static final int BUFFER_BYTES = 1 << 20;

    private final int trainSize;
    private final int testSize;
    private final Path file;
    private final List<String> ids = new ArrayList<>();
    private OutputStream out;

    /** What is done with each trial in turn. */
    @FunctionalInterface
    public interface TrialVisitor {

        /**
         * @param mask packed inclusion mask
         * @param trainCorrect packed correctness on the training examples
         * @param testCorrect packed correctness on the test examples
         */
        void visit(byte[] mask, byte[] trainCorrect, byte[] testCorrect) throws IOException;
    }

    /** What is done with each block of trials in turn. */
    @FunctionalInterface
    public interface BlockVisitor {

        /** Blocks are numbered from 1. */
        void visit(TrialBlock block) throws IOException;
    }

    /**
     * An empty list.
     *
     * @param directory of the temporary file
     * @param trainSize n
     * @param testSize n'
     */
    public TrialSpool(Path directory, int trainSize, int testSize) throws IOException {
        this.trainSize = trainSize;
        this.testSize = testSize;
        this.file = Files.createTempFile(directory, "longtail-trials-", ".bits");
        // Whoever presses Ctrl-C shall not have to clean up.
        file.toFile().deleteOnExit();
        this.out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES);
    }

    /** n. */
    public int trainSize() {
        return trainSize;
    }

    /** n'. */
    public int testSize() {
        return testSize;
    }

    /** Number of trials. */
    public int trials() {
        return ids.size();
    }

    /** Ids of the trials in their order. */
    public List<String> ids() {
        return List.copyOf(ids);
    }

    /**
     * Appends a trial; no longer possible after the first pass.
     *
     * @throws IllegalArgumentException when a vector has another length than the list's
     */
    public void add(String id, byte[] mask, byte[] trainCorrect, byte[] testCorrect)
            throws IOException {
        PackedBits.requireLayout(mask, trainSize);
        PackedBits.requireLayout(trainCorrect, trainSize);
        PackedBits.requireLayout(testCorrect, testSize);
        out.write(mask);
        out.write(trainCorrect);
        out.write(testCorrect);
        ids.add(id);
    }

    /** Passes over all trials in their order. */
    public void forEach(TrialVisitor visitor) throws IOException {
        out.close();
        try (InputStream stream =
                new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
            DataInputStream in = new DataInputStream(stream);
            for (int trial = 0; trial < trials(); trial++) {
                visitor.visit(read(in, trainSize), read(in, trainSize), read(in, testSize));
            }
        }
    }

    private static byte[] read(DataInputStream in, int size) throws IOException {
        byte[] packed = new byte[PackedBits.byteLength(size)];
        in.readFully(packed);
        return packed;
    }

    /** Passes over all trials in their order, transposed in blocks. */
    public void forEachBlock(BlockVisitor visitor) throws IOException {
        Blocks blocks = new Blocks(visitor);
        forEach(blocks::add);
        blocks.finish();
    }

    /** Trials per block: many make folding fast, but wide vectors need memory. */
    int blockTrials() {
        long bytes = 2L * PackedBits.byteLength(trainSize) + PackedBits.byteLength(testSize);
        long fitting = BLOCK_BYTES / bytes / SMALLEST_BLOCK * SMALLEST_BLOCK;
        return (int) Math.max(SMALLEST_BLOCK, Math.min(LARGEST_BLOCK, fitting));
    }

    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(file);
    }

    /** Collects trials until a block is full. */
    private final class Blocks {

        private final BlockVisitor visitor;
        private final int size = blockTrials();
        private final List<byte[]> masks = new ArrayList<>();
        private final List<byte[]> trainCorrect = new ArrayList<>();
        private final List<byte[]> testCorrect = new ArrayList<>();
        private long number;
        private long before;

        Blocks(BlockVisitor visitor) {
            this.visitor = visitor;
        }

        void add(byte[] mask, byte[] train, byte[] test) throws IOException {
            masks.add(mask);
            trainCorrect.add(train);
            testCorrect.add(test);
            if (masks.size() == size) {
                finish();
            }
        }

        void finish() throws IOException {
            if (masks.isEmpty()) {
                return;
            }
            visitor.visit(
                    new TrialBlock(
                            ++number,
                            before,
                            false,
                            masks,
                            trainCorrect,
                            testCorrect,
                            trainSize,
                            testSize));
            before += masks.size();
            masks.clear();
            trainCorrect.clear();
            testCorrect.clear();
        }
    }
}
