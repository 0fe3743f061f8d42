package dev.longtail.trials.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.jetbrains.bio.npy.NpzFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        NpyBytes.write(
                file,
                Map.of(
                        "x_train",
                        NpyBytes.array("(2, 1, 2)", new byte[] {0, 51, (byte) 255, 102}),
                        "y_train",
                        NpyBytes.array(
                                "<i8",
                                false,
                                "(2,)",
                                new byte[] {2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}),
                        "x_test",
                        NpyBytes.array(
                                "<f4",
                                false,
                                "(1, 1, 2)",
                                new byte[] {0, 0, 0, 0x3f, 0, 0, 0x40, (byte) 0xc0}),
                        "y_test",
                        NpyBytes.array("(1, 1)", new byte[] {1})));
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
                        "expected x_train of type uint8 (|u1), float32 (<f4) or float64 (<f8), found <i4");
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
        NpyBytes.write(file, Map.of("x_train", NpyBytes.array("|u1", true, "(2, 2)", new byte[4])));
        assertThatThrownBy(() -> Datasets.open(file))
                .hasMessageContaining("expected array 'x_train' in C order, found Fortran order");
    }

    /** As np.savez writes it and as np.savez_compressed does, in both precisions. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsLargeArraysThroughAMapOfACopy(boolean compressed) throws IOException {
        int size = 300;
        int length = 50;
        Random random = new Random(3);
        float[] floats = new float[size * length];
        double[] doubles = new double[size * length];
        for (int k = 0; k < floats.length; k++) {
            floats[k] = (float) random.nextGaussian();
            doubles[k] = floats[k];
        }
        int[] labels = random.ints(size, 0, 3).toArray();
        Path file = dir.resolve("data.npz");
        try (NpzFile.Writer npz = NpzFile.write(file, compressed)) {
            npz.write("x_train", floats, new int[] {size, 5, 10});
            npz.write("y_train", labels);
            npz.write("x_test", doubles, new int[] {size, 5, 10});
            npz.write("y_test", labels);
        }
        Dataset dataset = Datasets.open(file);
        FloatImages inMemory = new FloatImages(new ImageShape(5, 10, 1), floats);
        float[] found = new float[length];
        float[] expected = new float[length];
        for (Images images : List.of(dataset.train().images(), dataset.test().images())) {
            assertThat(images.shape()).isEqualTo(inMemory.shape());
            for (int i = 0; i < size; i++) {
                images.copyTo(i, found, 0);
                inMemory.copyTo(i, expected, 0);
                assertThat(found).isEqualTo(expected);
            }
        }
        ExampleSet same = new ExampleSet(inMemory, labels, List.of());
        assertThat(dataset.fingerprint())
                .as("of mapped values and of the same in memory")
                .isEqualTo(
                        new Dataset("", same, same, dataset.classNames(), Optional.empty())
                                .fingerprint());
    }

    @Test
    void refusesATruncatedArray() throws IOException {
        Path file = dir.resolve("data.npz");
        NpyBytes.write(
                file, Map.of("x_train", NpyBytes.array("<f4", false, "(3, 2)", new byte[20])));
        assertThatThrownBy(() -> Datasets.open(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("expected 24 bytes in x_train, found 20");
    }

    @Test
    void readsGreyPicturesAsGreyUnlessOneHasColours() throws IOException {
        greyPicture("train/a/1.png", 0);
        greyPicture("train/b/1.png", 255);
        greyPicture("test/a/1.png", 100);
        Dataset grey = Datasets.open(dir);
        assertThat(grey.train().images().shape()).isEqualTo(new ImageShape(2, 3, 1));
        float[] values = new float[6];
        grey.test().images().copyTo(0, values, 0);
        assertThat(values).containsOnly(100 / 255f);

        picture("test/b/1.png", 3, 2, 0x0a0b0c);
        Dataset colour = Datasets.open(dir);
        assertThat(colour.train().images().shape()).isEqualTo(new ImageShape(2, 3, 3));
        assertThat(colour.train().images().size()).isEqualTo(2);
        float[] rgb = new float[18];
        colour.test().images().copyTo(1, rgb, 0);
        assertThat(rgb).startsWith(0x0a / 255f, 0x0b / 255f, 0x0c / 255f);
        colour.train().images().copyTo(1, rgb, 0);
        assertThat(rgb).containsOnly(1f);
    }

    private void greyPicture(String name, int level) throws IOException {
        BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
        for (int p = 0; p < 6; p++) {
            image.getRaster().setSample(p % 3, p / 3, 0, level);
        }
        Path file = dir.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
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
