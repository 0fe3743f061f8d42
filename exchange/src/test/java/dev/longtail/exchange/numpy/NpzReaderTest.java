package dev.longtail.exchange.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that NumPy wrote; {@code make_fixtures.py} beside them says what is in them. */
class NpzReaderTest {

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"stored.npz", "compressed.npz"})
    void readsRowsOfBits(String file) throws IOException {
        try (NpzReader npz = open(file);
                NpyReader mask = npz.array("mask")) {
            mask.requireShape(-1, 3);

            assertThat(mask.nextBits(3)).containsExactly(0b101);
            assertThat(mask.nextBits(3)).containsExactly(0b110);
            mask.requireEnd();
        }
    }

    @Test
    void readsIntegersOfEveryWidthAndOrder() throws IOException {
        try (NpzReader stored = open("stored.npz");
                NpzReader compressed = open("compressed.npz")) {
            assertThat(stored.array("idx").nextLongs(3)).containsExactly(3, -1, 1L << 40);
            assertThat(stored.array("small").nextLongs(2)).containsExactly(7, -7);
            assertThat(stored.array("one").nextLongs(1)).containsExactly(42);
            assertThat(stored.array("u").nextLongs(2)).containsExactly(5, 255);
            assertThat(compressed.array("big").nextLongs(2)).containsExactly(1, 0);
            assertThat(compressed.array("big").nextBits(2)).containsExactly(0b01);
        }
    }

    @Test
    void readsBytesAsTheyAre() throws IOException {
        try (NpzReader npz = open("stored.npz")) {
            assertThat(npz.array("u").nextBytes(2)).containsExactly(5, 255);
        }
    }

    @Test
    void knowsItsArrays() throws IOException {
        try (NpzReader npz = open("stored.npz")) {
            assertThat(npz.names()).containsExactly("mask", "idx", "small", "f", "f4", "u", "one");
            assertThat(npz.has("mask")).isTrue();
            assertThatThrownBy(() -> npz.array("masks"))
                    .isInstanceOf(NumpyFormatException.class)
                    .hasMessageContaining("stored.npz: expected an array 'masks', found [mask");
        }
    }

    @Test
    void refusesBitsThatAreNone() throws IOException {
        try (NpzReader npz = open("stored.npz")) {
            assertThatThrownBy(() -> npz.array("small").nextBits(2))
                    .isInstanceOf(NumpyFormatException.class)
                    .hasMessageContaining("array 'small': expected 0 or 1, found 7.0 at element 0");
            assertThatThrownBy(() -> npz.array("f").nextBits(3))
                    .hasMessageContaining("found 0.5 at element 0");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "fortran, is in Fortran order",
        "obj, 'expected elements of type b1, i1, u1, i4, i8, f4, f8, found ''O'''",
        "txt, 'found ''U2'''"
    })
    void refusesArraysItCannotRead(String array, String why) throws IOException {
        try (NpzReader npz = open("compressed.npz")) {
            assertThatThrownBy(() -> npz.array(array))
                    .isInstanceOf(NumpyFormatException.class)
                    .hasMessageContaining("compressed.npz, array '" + array + "'")
                    .hasMessageContaining(why);
        }
    }

    @Test
    void refusesAnotherShapeOrType() throws IOException {
        try (NpzReader npz = open("stored.npz")) {
            assertThatThrownBy(() -> npz.array("mask").requireShape(-1, 4))
                    .hasMessageContaining("expected the shape [any, 4], found (2, 3)");
            assertThatThrownBy(() -> npz.array("mask").requireShape(2))
                    .hasMessageContaining("expected the shape [2], found (2, 3)");
            assertThatThrownBy(() -> npz.array("f").requireType(NpyType.INT64, NpyType.INT32))
                    .hasMessageContaining("found FLOAT64");
            assertThatThrownBy(() -> npz.array("f").nextLongs(3))
                    .hasMessageContaining("expected integers");
        }
    }

    @Test
    void refusesToStopShortOrGoOn() throws IOException {
        try (NpzReader npz = open("stored.npz")) {
            NpyReader idx = npz.array("idx");
            idx.nextLongs(2);
            assertThatThrownBy(idx::requireEnd).hasMessageContaining("2 of 3 elements were read");
            assertThatThrownBy(() -> idx.nextLongs(2))
                    .hasMessageContaining("ends after 3 of 3 elements");
        }
    }

    /** Wherever a copy stopped, it is noticed before anything is read. */
    @ParameterizedTest
    @ValueSource(strings = {"stored.npz", "compressed.npz"})
    void refusesTruncatedArchives(String file) throws IOException {
        byte[] whole = bytes(file);
        for (int length = 0; length < whole.length; length += 17) {
            Path truncated = directory.resolve("truncated.npz");
            Files.write(truncated, Arrays.copyOf(whole, length));

            assertThatThrownBy(() -> new NpzReader(truncated))
                    .isInstanceOf(NumpyFormatException.class)
                    .hasMessageContaining("truncated.npz: not a complete .npz archive");
        }
    }

    @Test
    void noticesDamageByTheChecksum() throws IOException {
        byte[] damaged = bytes("stored.npz");
        int firstElement = indexOf(damaged, (byte) '\n') + 1;
        damaged[firstElement] ^= 1;
        Path file = directory.resolve("damaged.npz");
        Files.write(file, damaged);

        try (NpzReader npz = new NpzReader(file);
                NpyReader mask = npz.array("mask")) {
            mask.nextBits(6);
            assertThatThrownBy(mask::requireEnd)
                    .isInstanceOf(NumpyFormatException.class)
                    .hasMessageContaining("damaged.npz, array 'mask'")
                    .hasMessageContaining("checksum");
        }
    }

    private NpzReader open(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.write(file, bytes(name));
        return new NpzReader(file);
    }

    private static byte[] bytes(String name) {
        try (InputStream in = NpzReaderTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int indexOf(byte[] bytes, byte wanted) {
        int at = 0;
        while (bytes[at] != wanted) {
            at++;
        }
        return at;
    }
}
