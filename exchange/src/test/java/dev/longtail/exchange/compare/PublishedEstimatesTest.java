package dev.longtail.exchange.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.exchange.numpy.NpyType;
import dev.longtail.exchange.numpy.NpzWriter;
import dev.longtail.exchange.numpy.NumpyFormatException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedEstimatesTest {

    @TempDir private Path directory;

    @Test
    void readsTheListOfPairs() throws IOException {
        ComparedEstimates read = read(PublishedFiles.pairs(directory.resolve("pairs.npz")));

        assertThat(read.memorization()).isEmpty();
        assertPairs(read);
        assertThat(read.pairs().orElseThrow().influenceThreshold()).isEqualTo(0.2);
        assertThat(read.origin()).contains("pairs.npz").contains("trials not stated");
    }

    @Test
    void readsWholeMatricesWithTheTestExampleFirst() throws IOException {
        ComparedEstimates read = read(PublishedFiles.reference(directory.resolve("all.npz")));

        assertThat(read.memorization().orElseThrow()).containsExactly(PublishedFiles.MEMORIZATION);
        assertPairs(read);
        assertThat(read.pairs().orElseThrow().influenceThreshold()).isEqualTo(0.15);
        assertThat(read.origin()).contains("2000 trials");
    }

    @Test
    void readsMatricesPerClass() throws IOException {
        ComparedEstimates read = read(PublishedFiles.perClass(directory.resolve("classes.npz")));

        assertThat(read.memorization().orElseThrow()).containsExactly(PublishedFiles.MEMORIZATION);
        assertPairs(read);
    }

    @Test
    void refusesOtherArrays() throws IOException {
        Path file = directory.resolve("masks.npz");
        try (NpzWriter npz = new NpzWriter(file)) {
            npz.longs("masks", new int[] {1});
        }
        Path negative = directory.resolve("negative.npz");
        try (NpzWriter npz = new NpzWriter(negative)) {
            npz.longs("tr_idx", new int[] {-1});
            npz.longs("tt_idx", new int[] {0});
            npz.doubles("infl", NpyType.FLOAT64, new double[] {0.4});
            npz.doubles("mem", NpyType.FLOAT64, new double[] {0.4});
        }

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(NumpyFormatException.class)
                .hasMessageContaining("masks.npz: expected arrays 'tr_idx'")
                .hasMessageContaining("[masks]");
        assertThatThrownBy(() -> read(negative))
                .isInstanceOf(NumpyFormatException.class)
                .hasMessageContaining("'tr_idx': expected indices from 0, found -1 at element 0");
    }

    private static ComparedEstimates read(Path file) throws IOException {
        return new PublishedEstimates(file, 0.25, 0.15).read();
    }

    private static void assertPairs(ComparedEstimates read) {
        var listed = read.pairs().orElseThrow().listed();
        assertThat(listed.train()).containsExactly(0, 2);
        assertThat(listed.test()).containsExactly(0, 1);
        assertThat(listed.influence()).containsExactly(0.4, 0.2);
    }
}
