package dev.longtail.exchange.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipFile;
import org.jetbrains.bio.npy.NpyArray;
import org.jetbrains.bio.npy.NpzFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read by an implementation of the format that is not ours. */
class NpzWriterTest {

    @TempDir private Path directory;

    @Test
    void writesWhatOthersRead() throws IOException {
        Path file = directory.resolve("arrays.npz");
        try (NpzWriter npz = new NpzWriter(file)) {
            npz.longs("tr_idx", new long[] {3, 1L << 40});
            npz.longs("labels", new int[] {7, -1});
            npz.doubles("mem", NpyType.FLOAT64, new double[] {0.25, Double.NaN});
            try (NpyWriter influence = npz.array("influence", NpyType.FLOAT32, 2, 3)) {
                for (double value : new double[] {0, 0.1, 0.2, 1, 1.1, 1.2}) {
                    influence.write(value);
                }
            }
            try (NpyWriter mask = npz.array("mask", NpyType.BOOL, 1, 2)) {
                mask.write(true);
                mask.write(false);
            }
        }

        try (NpzFile.Reader npz = NpzFile.read(file)) {
            assertThat(get(npz, "tr_idx").asLongArray()).containsExactly(3, 1L << 40);
            assertThat(get(npz, "labels").asLongArray()).containsExactly(7, -1);
            assertThat(get(npz, "mem").asDoubleArray()).containsExactly(0.25, Double.NaN);
            assertThat(get(npz, "influence").getShape()).containsExactly(2, 3);
            assertThat(get(npz, "influence").asFloatArray())
                    .containsExactly(0, 0.1f, 0.2f, 1, 1.1f, 1.2f);
            assertThat(get(npz, "mask").asBooleanArray()).containsExactly(true, false);
        }
    }

    /** {@code numpy.array(['a', 'bĉ', '', '\U0001f600']).tobytes()}. */
    @Test
    void writesTextsAsNumpyDoes() throws IOException {
        Path file = directory.resolve("texts.npz");
        try (NpzWriter npz = new NpzWriter(file)) {
            npz.texts("tr_filenames", List.of("a", "bĉ", "", "\ud83d\ude00"));
        }

        try (ZipFile zip = new ZipFile(file.toFile())) {
            byte[] bytes = zip.getInputStream(zip.getEntry("tr_filenames.npy")).readAllBytes();
            assertThat(new String(bytes, 10, 118, StandardCharsets.ISO_8859_1))
                    .startsWith("{'descr': '<U2', 'fortran_order': False, 'shape': (4,), }")
                    .endsWith(" \n");
            assertThat(HexFormat.of().formatHex(bytes, 128, bytes.length))
                    .isEqualTo(
                            "6100000000000000"
                                    + "6200000009010000"
                                    + "0000000000000000"
                                    + "00f6010000000000");
        }
    }

    /** The library above cannot read an array without dimensions; NumPy and we can. */
    @Test
    void writesScalars() throws IOException {
        Path file = directory.resolve("scalar.npz");
        try (NpzWriter npz = new NpzWriter(file)) {
            npz.scalar("trials", 2000);
        }
        try (NpzReader npz = new NpzReader(file);
                NpyReader trials = npz.array("trials").requireShape()) {
            assertThat(trials.header().type()).isEqualTo(NpyType.INT64);
            assertThat(trials.nextLongs(1)).containsExactly(2000);
        }
    }

    @Test
    void theSameArraysGiveTheSameBytes() throws IOException {
        Path first = directory.resolve("first.npz");
        Path second = directory.resolve("second.npz");
        for (Path file : List.of(first, second)) {
            try (NpzWriter npz = new NpzWriter(file)) {
                npz.longs("a", new long[] {1, 2});
            }
        }
        assertThat(Files.readAllBytes(first)).isEqualTo(Files.readAllBytes(second));
    }

    @Test
    void ourReaderReadsIt() throws IOException {
        Path file = directory.resolve("long.npz");
        long[] values = new long[100_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = 3L * i - 1_000;
        }
        try (NpzWriter npz = new NpzWriter(file)) {
            npz.longs("values", values);
        }
        try (NpzReader npz = new NpzReader(file);
                NpyReader array = npz.array("values")) {
            assertThat(array.nextLongs(values.length)).isEqualTo(values);
            array.requireEnd();
        }
    }

    @Test
    void refusesToCloseAnIncompleteArray() throws IOException {
        NpyWriter array = new NpyWriter(new ByteArrayOutputStream(), "mem", NpyType.FLOAT64, 3);
        array.write(0.5);

        assertThatThrownBy(array::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("array 'mem' has 3 elements, but 1 were written");
    }

    @Test
    void refusesElementsOfAnotherType() throws IOException {
        NpyWriter array = new NpyWriter(new ByteArrayOutputStream(), "mem", NpyType.FLOAT64, 1);

        assertThatThrownBy(() -> array.write(true))
                .hasMessage("array 'mem' of FLOAT64 cannot take a boolean");
        assertThatThrownBy(() -> array.write(1L)).hasMessageContaining("cannot take an integer");
    }

    private static NpyArray get(NpzFile.Reader npz, String name) {
        return npz.get(name, 1 << 10);
    }
}
