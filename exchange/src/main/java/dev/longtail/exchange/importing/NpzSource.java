package dev.longtail.exchange.importing;

import dev.longtail.exchange.numpy.NpyHeader;
import dev.longtail.exchange.numpy.NpyReader;
import dev.longtail.exchange.numpy.NpyType;
import dev.longtail.exchange.numpy.NpzReader;
import dev.longtail.schemas.PackedBits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Trials as three arrays: {@code mask} and {@code train_correct} of shape (t, n), {@code
 * test_correct} of shape (t, n'). Row k is the trial {@code <prefix>-<k>}.
 *
 * <p>Elements are 0 and 1 of any type or, packed, {@code uint8} as {@code
 * numpy.packbits(bitorder='little', axis=1)} makes them. Rows are read as they are needed, so the
 * arrays may be of any size. The whole file is read once before the first trial is given out, so
 * that a file with a mistake anywhere contributes nothing.
 */
public final class NpzSource implements ImportSource {

    private static final String MASK = "mask";
    private static final String TRAIN_CORRECT = "train_correct";
    private static final String TEST_CORRECT = "test_correct";

    private final Path file;
    private final String idPrefix;
    private final Sizes sizes;
    private final boolean packed;
    private final Sampling sampling;
    private final NpzReader arrays;
    private final NpyReader mask;
    private final NpyReader trainCorrect;
    private final NpyReader testCorrect;
    private long row;

    /**
     * Sizes of an experiment.
     *
     * @param train n
     * @param test n'
     */
    public record Sizes(int train, int test) {}

    private NpzSource(
            Path file,
            String idPrefix,
            Sizes sizes,
            boolean packed,
            Sampling sampling,
            NpzReader arrays)
            throws IOException {
        this.file = file;
        this.idPrefix = idPrefix;
        this.sizes = sizes;
        this.packed = packed;
        this.sampling = sampling;
        this.arrays = arrays;
        this.mask = open(MASK, sizes.train());
        this.trainCorrect = open(TRAIN_CORRECT, sizes.train());
        this.testCorrect = open(TEST_CORRECT, sizes.test());
    }

    private NpyReader open(String name, int size) throws IOException {
        NpyReader array = arrays.array(name);
        if (packed) {
            array.requireType(NpyType.UINT8);
        }
        return array.requireShape(-1, packed ? PackedBits.byteLength(size) : size);
    }

    /**
     * Opens a file whose elements are 0 and 1, after reading all of it once: checksums, shapes and
     * sizes of the subsets are known before anything is published.
     *
     * @throws IOException when arrays are missing, damaged or of shapes that disagree
     */
    public static NpzSource plain(Path file, String idPrefix) throws IOException {
        NpyHeader mask;
        NpyHeader testCorrect;
        try (NpzReader arrays = new NpzReader(file);
                NpyReader maskArray = arrays.array(MASK);
                NpyReader testArray = arrays.array(TEST_CORRECT)) {
            mask = maskArray.requireShape(-1, -1).header();
            testCorrect = testArray.requireShape(-1, -1).header();
        }
        return checked(
                file,
                idPrefix,
                new Sizes(
                        Math.toIntExact(mask.shape()[1]), Math.toIntExact(testCorrect.shape()[1])),
                false);
    }

    /**
     * Opens a file of packed bits, likewise.
     *
     * @param sizes n and n', which packed arrays do not tell
     */
    public static NpzSource packed(Path file, String idPrefix, Sizes sizes) throws IOException {
        return checked(file, idPrefix, sizes, true);
    }

    private static NpzSource checked(Path file, String idPrefix, Sizes sizes, boolean packed)
            throws IOException {
        Sampling sampling;
        try (NpzSource first = opened(file, idPrefix, sizes, packed, Sampling.ANY_SIZE)) {
            sampling = first.readAll();
        }
        return opened(file, idPrefix, sizes, packed, sampling);
    }

    private static NpzSource opened(
            Path file, String idPrefix, Sizes sizes, boolean packed, Sampling sampling)
            throws IOException {
        NpzReader arrays = new NpzReader(file);
        try {
            NpzSource source = new NpzSource(file, idPrefix, sizes, packed, sampling, arrays);
            source.requireSameRows();
            return source;
        } catch (IOException e) {
            arrays.close();
            throw e;
        }
    }

    private void requireSameRows() throws ImportException {
        long rows = size();
        for (NpyReader array : new NpyReader[] {trainCorrect, testCorrect}) {
            if (array.header().shape()[0] != rows) {
                throw new ImportException(
                        "%s: expected as many rows in all arrays, found mask %s, train_correct %s, test_correct %s"
                                .formatted(
                                        file,
                                        mask.header().shapeText(),
                                        trainCorrect.header().shapeText(),
                                        testCorrect.header().shapeText()));
            }
        }
    }

    private Sampling readAll() throws IOException {
        int smallest = Integer.MAX_VALUE;
        int largest = -1;
        for (Optional<Candidate> next = next(); next.isPresent(); next = next()) {
            int subsetSize = next.get().read().subsetSize();
            smallest = Math.min(smallest, subsetSize);
            largest = Math.max(largest, subsetSize);
        }
        for (NpyReader array : List.of(mask, trainCorrect, testCorrect)) {
            array.requireEnd();
        }
        return smallest == largest ? Sampling.SAME_SIZE : Sampling.ANY_SIZE;
    }

    @Override
    public String description() {
        return file.toString();
    }

    @Override
    public long size() {
        return mask.header().shape()[0];
    }

    @Override
    public Sampling sampling() {
        return sampling;
    }

    @Override
    public Optional<Candidate> next() throws IOException {
        if (row == size()) {
            return Optional.empty();
        }
        String id = idPrefix + "-" + row++;
        ImportedTrial trial =
                new ImportedTrial(
                        id,
                        sizes.train(),
                        sizes.test(),
                        nextRow(mask, MASK, sizes.train()),
                        nextRow(trainCorrect, TRAIN_CORRECT, sizes.train()),
                        nextRow(testCorrect, TEST_CORRECT, sizes.test()));
        return Optional.of(new Row(trial));
    }

    private byte[] nextRow(NpyReader array, String name, int size) throws IOException {
        if (!packed) {
            return array.nextBits(size);
        }
        byte[] bits = array.nextBytes(PackedBits.byteLength(size));
        if (!PackedBits.isPaddingClear(bits, size)) {
            throw new ImportException(
                    "%s, array '%s', row %d: expected the unused bits from %d on to be 0; was it packed with bitorder='little'?"
                            .formatted(file, name, row - 1, size));
        }
        return bits;
    }

    private record Row(ImportedTrial trial) implements Candidate {

        @Override
        public String id() {
            return trial.id();
        }

        @Override
        public ImportedTrial read() {
            return trial;
        }
    }

    @Override
    public void close() throws IOException {
        arrays.close();
    }
}
