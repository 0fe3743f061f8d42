package dev.longtail.trials.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.jetbrains.bio.npy.NpzFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {

    @TempDir Path dir;

    @Test
    void readsCifar10() throws IOException {
        for (int batch = 1; batch <= 5; batch++) {
            write("data_batch_" + batch + ".bin", cifarRecord(new int[] {batch}, batch));
        }
        write("test_batch.bin", cifarRecord(new int[] {0}, 9), cifarRecord(new int[] {9}, 8));
        Files.writeString(dir.resolve("batches.meta.txt"), "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n");
        Dataset dataset = Datasets.open(dir);
        assertThat(dataset.source()).isEqualTo("CIFAR-10");
        assertThat(dataset.train().labels()).containsExactly(1, 2, 3, 4, 5);
        assertThat(dataset.test().labels()).containsExactly(0, 9);
        assertThat(dataset.classNames()).hasSize(10).startsWith("a");
        float[] values = new float[3072];
        dataset.train().images().copyTo(2, values, 0);
        // Pixel 1: red 3 + 1, green 3 + 2, blue 3 + 3 as written below.
        assertThat(values[3] * 255).isEqualTo(4f);
        assertThat(values[4] * 255).isEqualTo(5f);
        assertThat(values[5] * 255).isEqualTo(6f);
    }

    @Test
    void readsFineLabelsOfCifar100() throws IOException {
        write("train.bin", cifarRecord(new int[] {3, 77}, 1));
        write("test.bin", cifarRecord(new int[] {3, 99}, 1));
        Dataset dataset = Datasets.open(dir);
        assertThat(dataset.train().labels()).containsExactly(77);
        assertThat(dataset.test().labels()).containsExactly(99);
        assertThat(dataset.classes()).isEqualTo(100);
    }

    @Test
    void refusesBrokenCifar() throws IOException {
        write("train.bin", cifarRecord(new int[] {3, 100}, 1));
        write("test.bin", cifarRecord(new int[] {3, 99}, 1));
        assertThatThrownBy(() -> Datasets.open(dir))
                .hasMessageContaining("train.bin: expected labels below 100, found 100");
        write("train.bin", new byte[3000]);
        assertThatThrownBy(() -> Datasets.open(dir))
                .hasMessageContaining("expected whole records of 3074 bytes, found 3000 bytes");
    }

    @Test
    void readsImageDirectories() throws IOException {
        picture("train/cat/1.png", 4, 3, 0xff0000);
        picture("train/dog/a.png", 4, 3, 0x00ff00);
        picture("train/dog/b.png", 4, 3, 0x0000ff);
        picture("test/dog/c.png", 4, 3, 0x102030);
        Dataset dataset = Datasets.open(dir);
        assertThat(dataset.classNames()).containsExactly("cat", "dog");
        assertThat(dataset.train().labels()).containsExactly(0, 1, 1);
        assertThat(dataset.test().labels()).containsExactly(1);
        assertThat(dataset.train().name(2)).isEqualTo(Path.of("dog", "b.png").toString());
        assertThat(dataset.train().images().shape()).isEqualTo(new ImageShape(3, 4, 3));
        float[] values = new float[36];
        dataset.test().images().copyTo(0, values, 0);
        assertThat(values).startsWith(0x10 / 255f, 0x20 / 255f, 0x30 / 255f);
    }

    @Test
    void refusesPicturesOfDifferentSizesAndOtherFiles() throws IOException {
        picture("train/cat/1.png", 4, 3, 0);
        picture("train/cat/2.png", 3, 4, 0);
        picture("test/cat/3.png", 4, 3, 0);
        assertThatThrownBy(() -> Datasets.open(dir))
                .hasMessageContaining(
                        "2.png: expected the size of the first picture, 3 x 4, found 4 x 3");
        Files.writeString(dir.resolve("train/cat/2.png"), "no picture");
        assertThatThrownBy(() -> Datasets.open(dir))
                .hasMessageContaining("2.png: expected a picture, found something else");
        Files.delete(dir.resolve("train/cat/2.png"));
        Files.createDirectories(dir.resolve("test/bird"));
        assertThatThrownBy(() -> Datasets.open(dir)).hasMessageContaining("found 'bird' in");
    }

    @Test
    void readsNumpyArraysOfBytesAndFloats() throws IOException {
        Path file = dir.resolve("data.npz");
        try (NpzFile.Writer npz = NpzFile.write(file, true)) {
            npz.write("x_train", new byte[] {0, 51, (byte) 255, 102}, new int[] {2, 1, 2});
            npz.write("y_train", new long[] {2, 0});
            npz.write("x_test", new float[] {0.5f, -3}, new int[] {1, 1, 2});
            npz.write("y_test", new byte[] {1}, new int[] {1, 1});
        }
        Dataset dataset = Datasets.open(file);
        assertThat(dataset.train().labels()).containsExactly(2, 0);
        assertThat(dataset.test().labels()).containsExactly(1);
        float[] values = new float[2];
        dataset.train().images().copyTo(1, values, 0);
        assertThat(values).containsExactly(1f, 0.4f);
        dataset.test().images().copyTo(0, values, 0);
        assertThat(values).containsExactly(0.5f, -3f);
    }

    @Test
    void refusesNumpyArraysThatAreNoDataSet() throws IOException {
        Path file = dir.resolve("data.npz");
        try (NpzFile.Writer npz = NpzFile.write(file, false)) {
            npz.write("x_train", new int[] {1, 2}, new int[] {2, 1});
            npz.write("y_train", new int[] {0, 1});
        }
        assertThatThrownBy(() -> Datasets.open(file))
                .hasMessageContaining(
                        "expected x_train of type uint8, float32 or float64, found int[]");
        try (NpzFile.Writer npz = NpzFile.write(file, false)) {
            npz.write("x_train", new float[] {1, Float.NaN}, new int[] {2, 1});
            npz.write("y_train", new int[] {0, 1});
        }
        assertThatThrownBy(() -> Datasets.open(file))
                .hasMessageContaining("expected finite values, found NaN in example 1");
        try (NpzFile.Writer npz = NpzFile.write(file, false)) {
            npz.write("images", new float[] {1, 2}, new int[] {2, 1});
        }
        assertThatThrownBy(() -> Datasets.open(file))
                .hasMessageContaining("expected the arrays x_train, y_train, x_test and y_test")
                .hasMessageContaining("images");
    }

    @Test
    void refusesFortranOrderInsteadOfMixingUpRows() throws IOException {
        Path file = dir.resolve("data.npz");
        String header = "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 2), }";
        ByteArrayOutputStream npy = new ByteArrayOutputStream();
        npy.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0});
        npy.write(
                (header + " ".repeat(117 - header.length()) + "\n")
                        .getBytes(StandardCharsets.US_ASCII));
        npy.write(new byte[4]);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("x_train.npy"));
            zip.write(npy.toByteArray());
        }
        assertThatThrownBy(() -> Datasets.open(file))
                .hasMessageContaining("expected array 'x_train' in C order, found Fortran order");
    }

    @Test
    void saysWhatItLooksForWhereThereIsNothing() {
        assertThatThrownBy(() -> Datasets.open(dir))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("expected MNIST-format files")
                .hasMessageContaining(dir.toString());
    }

    @Test
    void relabelsAndExcludesByFile() throws IOException {
        write("train.bin", cifarRecord(new int[] {0, 5}, 1), cifarRecord(new int[] {0, 6}, 2));
        write("test.bin", cifarRecord(new int[] {0, 7}, 1));
        Dataset dataset = Datasets.open(dir);
        Path labels = Files.writeString(dir.resolve("labels.txt"), "# wrong\n\n1, 42\n");
        Dataset changed = Relabelling.apply(dataset, labels);
        assertThat(changed.train().labels()).containsExactly(5, 42);
        assertThat(dataset.train().labels()).containsExactly(5, 6);
        assertThat(changed.fingerprint()).isNotEqualTo(dataset.fingerprint());

        Path exclude = Files.writeString(dir.resolve("exclude.txt"), "1\n");
        assertThat(Relabelling.excluded(dataset, exclude)).containsExactly(1);
        Files.writeString(exclude, "1\n2\n");
        assertThatThrownBy(() -> Relabelling.excluded(dataset, exclude))
                .hasMessageContaining("exclude.txt, line 2: expected an index below 2, found 2");
        Files.writeString(exclude, "0\n1\n");
        assertThatThrownBy(() -> Relabelling.excluded(dataset, exclude))
                .hasMessageContaining("expected some examples to be left");
        Files.writeString(labels, "1,100\n");
        assertThatThrownBy(() -> Relabelling.apply(dataset, labels))
                .hasMessageContaining("labels.txt, line 1: expected a label below 100, found 100");
        Files.writeString(labels, "one\n");
        assertThatThrownBy(() -> Relabelling.apply(dataset, labels))
                .hasMessageContaining("line 1: expected INDEX,LABEL, found 'one'");
    }

    private void write(String name, byte[]... parts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.write(part);
        }
        Files.write(dir.resolve(name), all.toByteArray());
    }

    /** Every value of channel c is the base plus c + 1. */
    private static byte[] cifarRecord(int[] labels, int base) {
        byte[] record = new byte[labels.length + 3072];
        for (int k = 0; k < labels.length; k++) {
            record[k] = (byte) labels[k];
        }
        for (int k = 0; k < 3072; k++) {
            record[labels.length + k] = (byte) (base + k / 1024 + 1);
        }
        return record;
    }

    private void picture(String name, int width, int height, int rgb) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int p = 0; p < width * height; p++) {
            image.setRGB(p % width, p / width, rgb);
        }
        Path file = dir.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }
}
