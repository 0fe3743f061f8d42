package dev.longtail.trials.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxReaderTest {

    private static final byte[] IMAGES = {0, 1, 2, 3, 4, 5, (byte) 255, 7, 8, 9, 10, 11};

    @TempDir Path dir;

    @BeforeEach
    void writeGoodSet() throws IOException {
        write("train-images-idx3-ubyte", idx(0x0803, IMAGES, 2, 2, 3));
        write("train-labels-idx1-ubyte", idx(0x0801, new byte[] {1, 3}, 2));
        write("t10k-images-idx3-ubyte", idx(0x0803, new byte[6], 1, 2, 3));
        write("t10k-labels-idx1-ubyte", idx(0x0801, new byte[] {0}, 1));
    }

    @Test
    void readsPicturesAndLabels() {
        Dataset dataset = IdxReader.read(dir);
        assertThat(dataset.train().images().shape()).isEqualTo(new ImageShape(2, 3, 1));
        assertThat(dataset.train().labels()).containsExactly(1, 3);
        assertThat(dataset.test().size()).isEqualTo(1);
        assertThat(dataset.classNames()).containsExactly("0", "1", "2", "3");
        float[] values = new float[6];
        dataset.train().images().copyTo(1, values, 0);
        assertThat(values).containsExactly(1f, 7 / 255f, 8 / 255f, 9 / 255f, 10 / 255f, 11 / 255f);
    }

    @Test
    void readsGzipAlike() throws IOException {
        String plain = IdxReader.read(dir).fingerprint();
        for (Path file : Files.list(dir).toList()) {
            try (OutputStream out =
                    new GZIPOutputStream(Files.newOutputStream(Path.of(file + ".gz")))) {
                Files.copy(file, out);
            }
            Files.delete(file);
        }
        assertThat(IdxReader.recognizes(dir)).isTrue();
        assertThat(IdxReader.read(dir).fingerprint()).isEqualTo(plain);
    }

    @Test
    void refusesAMissingFile() throws IOException {
        Files.delete(dir.resolve("t10k-labels-idx1-ubyte"));
        assertThatThrownBy(() -> IdxReader.read(dir))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(
                        "t10k-labels-idx1-ubyte or t10k-labels-idx1-ubyte.gz in " + dir);
    }

    @Test
    void refusesATruncatedFile() throws IOException {
        byte[] whole = idx(0x0803, IMAGES, 2, 2, 3);
        write("train-images-idx3-ubyte", java.util.Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(() -> IdxReader.read(dir))
                .hasMessageContaining("train-images-idx3-ubyte")
                .hasMessageContaining(
                        "expected 12 bytes after the header for dimensions [2, 2, 3], found 11");
    }

    @Test
    void refusesAFileThatIsSomethingElse() throws IOException {
        write("train-labels-idx1-ubyte", "not an IDX file".getBytes());
        assertThatThrownBy(() -> IdxReader.read(dir))
                .hasMessageContaining("train-labels-idx1-ubyte")
                .hasMessageContaining("expected the first four bytes 0x00000801")
                .hasMessageContaining("found 0x6e6f7420");
        write("train-labels-idx1-ubyte", new byte[] {0, 0, 8});
        assertThatThrownBy(() -> IdxReader.read(dir))
                .hasMessageContaining("expected a header of 8 bytes, found a file of 3 bytes");
    }

    @Test
    void refusesLabelsThatDoNotFitThePictures() throws IOException {
        write("train-labels-idx1-ubyte", idx(0x0801, new byte[] {1, 3, 2}, 3));
        assertThatThrownBy(() -> IdxReader.read(dir))
                .hasMessageContaining("found 2 pictures in")
                .hasMessageContaining("3 labels in");
    }

    @Test
    void refusesTestPicturesOfAnotherSize() throws IOException {
        write("t10k-images-idx3-ubyte", idx(0x0803, new byte[6], 1, 3, 2));
        assertThatThrownBy(() -> IdxReader.read(dir))
                .hasMessageContaining("expected test pictures of the training pictures' size 2x3")
                .hasMessageContaining("found 3x2");
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.write(dir.resolve(name), bytes);
    }

    private static byte[] idx(int magic, byte[] values, int... dimensions) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(4 + 4 * dimensions.length).putInt(magic);
        for (int size : dimensions) {
            header.putInt(size);
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(header.array());
        file.write(values);
        return file.toByteArray();
    }
}
