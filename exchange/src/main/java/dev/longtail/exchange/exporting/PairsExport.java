package dev.longtail.exchange.exporting;

import dev.longtail.exchange.numpy.NpyType;
import dev.longtail.exchange.numpy.NpyWriter;
import dev.longtail.exchange.numpy.NpzWriter;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code tr_idx, tt_idx} int64 and {@code infl, mem} float64, one element per pair of high
 * influence, as published for CIFAR-100 and ImageNet.
 *
 * <p>An archive holds one array after the other and with few trials there may be millions of pairs,
 * so they wait in a temporary file.
 */
final class PairsExport implements Export {

    /** A field of a pair in the temporary file. */
    private interface Field {

        void write(DataInputStream pair, NpyWriter array) throws IOException;
    }

    @Override
    public void write(ExportInput input, Path out) throws IOException {
        Path file = Files.createTempFile(out.toAbsolutePath().getParent(), "longtail-pairs-", "");
        file.toFile().deleteOnExit();
        try {
            long pairs = select(input, file);
            try (NpzWriter npz = new NpzWriter(out)) {
                input.writeOrigin(npz);
                copy(file, pairs, npz, "tr_idx", NpyType.INT64, PairsExport::writeTrain);
                copy(file, pairs, npz, "tt_idx", NpyType.INT64, PairsExport::writeTest);
                copy(file, pairs, npz, "infl", NpyType.FLOAT64, PairsExport::writeInfluence);
                copy(file, pairs, npz, "mem", NpyType.FLOAT64, PairsExport::writeMemorization);
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static long select(ExportInput input, Path file) throws IOException {
        long[] pairs = {0};
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            new HighInfluencePairs(input.counter(), input.thresholds(), input.counter().own())
                    .forEach(
                            (train, test, memorization, influence) -> {
                                out.writeInt(train);
                                out.writeInt(test);
                                out.writeDouble(ExportInput.value(influence));
                                out.writeDouble(ExportInput.value(memorization));
                                pairs[0]++;
                            });
        }
        return pairs[0];
    }

    private static void copy(
            Path file, long pairs, NpzWriter npz, String name, NpyType type, Field field)
            throws IOException {
        try (NpyWriter array = npz.array(name, type, pairs);
                DataInputStream in =
                        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (long pair = 0; pair < pairs; pair++) {
                field.write(in, array);
            }
        }
    }

    private static void writeTrain(DataInputStream pair, NpyWriter array) throws IOException {
        array.write((long) pair.readInt());
        pair.readInt();
        pair.readDouble();
        pair.readDouble();
    }

    private static void writeTest(DataInputStream pair, NpyWriter array) throws IOException {
        pair.readInt();
        array.write((long) pair.readInt());
        pair.readDouble();
        pair.readDouble();
    }

    private static void writeInfluence(DataInputStream pair, NpyWriter array) throws IOException {
        pair.readInt();
        pair.readInt();
        array.write(pair.readDouble());
        pair.readDouble();
    }

    private static void writeMemorization(DataInputStream pair, NpyWriter array)
            throws IOException {
        pair.readInt();
        pair.readInt();
        pair.readDouble();
        array.write(pair.readDouble());
    }
}
