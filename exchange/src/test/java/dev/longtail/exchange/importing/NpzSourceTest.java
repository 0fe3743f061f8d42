package dev.longtail.exchange.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.exchange.importing.ImportSource.Candidate;
import dev.longtail.exchange.importing.ImportSource.Sampling;
import dev.longtail.exchange.importing.NpzSource.Sizes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzSourceTest {

    private static final boolean[][] MASK = {{true, false, true, true}, {true, true, false, true}};
    private static final boolean[][] TRAIN = {
        {true, true, false, false}, {false, true, true, true}
    };
    private static final boolean[][] TEST = {{true, false}, {true, true}};

    @TempDir private Path directory;

    @Test
    void everyRowIsATrial() throws IOException {
        Path file = arrays(MASK, TRAIN, TEST);

        try (NpzSource source = NpzSource.plain(file, "mine")) {
            assertThat(source.size()).isEqualTo(2);
            assertThat(source.sampling()).isEqualTo(Sampling.SAME_SIZE);
            List<ImportedTrial> trials = readAll(source);
            assertThat(trials).extracting(ImportedTrial::id).containsExactly("mine-0", "mine-1");
            assertThat(trials.get(0).mask()).containsExactly(0b1101);
            assertThat(trials.get(0).trainCorrect()).containsExactly(0b0011);
            assertThat(trials.get(0).testCorrect()).containsExactly(0b01);
            assertThat(trials.get(1).mask()).containsExactly(0b1011);
        }
    }

    /** Both files were written by NumPy from the same random arrays of 9 trials. */
    @Test
    void packedAndPlainFilesOfNumpyAgree() throws IOException {
        try (NpzSource plain = NpzSource.plain(resource("trials.npz"), "t");
                NpzSource packed =
                        NpzSource.packed(resource("trials_packed.npz"), "t", new Sizes(21, 13))) {
            List<ImportedTrial> expected = readAll(plain);
            List<ImportedTrial> found = readAll(packed);

            assertThat(expected).hasSize(9);
            assertThat(found).usingRecursiveComparison().isEqualTo(expected);
            assertThat(expected).extracting(ImportedTrial::subsetSize).containsOnly(14);
        }
    }

    @Test
    void subsetsOfSeveralSizesAreSeenBeforeTheFirstTrial() throws IOException {
        boolean[][] masks = {{true, false, true, true}, {true, true, false, false}};

        try (NpzSource source = NpzSource.plain(arrays(masks, TRAIN, TEST), "mine")) {
            assertThat(source.sampling()).isEqualTo(Sampling.ANY_SIZE);
        }
    }

    @Test
    void shapesMustAgree() throws IOException {
        Path fewer = arrays(MASK, new boolean[][] {{true, true, true, true}}, TEST);
        assertThatThrownBy(() -> NpzSource.plain(fewer, "mine"))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining(
                        "found mask (2, 4), train_correct (1, 4), test_correct (2, 2)");

        Path narrower = arrays(MASK, new boolean[][] {{true}, {true}}, TEST);
        assertThatThrownBy(() -> NpzSource.plain(narrower, "mine"))
                .hasMessageContaining(
                        "array 'train_correct': expected the shape [any, 4], found (2, 1)");
    }

    @Test
    void packedSizesMustFit() {
        assertThatThrownBy(
                        () ->
                                NpzSource.packed(
                                        resource("trials_packed.npz"), "t", new Sizes(25, 13)))
                .hasMessageContaining("expected the shape [any, 4], found (9, 3)");
        assertThatThrownBy(
                        () ->
                                NpzSource.packed(
                                        resource("trials_packed.npz"), "t", new Sizes(19, 13)))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("array 'mask', row")
                .hasMessageContaining("expected the unused bits from 19 on to be 0");
        assertThatThrownBy(() -> NpzSource.packed(resource("trials.npz"), "t", new Sizes(21, 13)))
                .hasMessageContaining("expected elements of type [UINT8], found BOOL");
    }

    private Path arrays(boolean[][] mask, boolean[][] train, boolean[][] test) throws IOException {
        return new RunFiles()
                .with("mask", mask)
                .with("train_correct", train)
                .with("test_correct", test)
                .write(directory, "arrays");
    }

    private Path resource(String name) throws IOException {
        Path file = directory.resolve(name);
        try (InputStream in = NpzSourceTest.class.getResourceAsStream(name)) {
            Files.write(file, in.readAllBytes());
        }
        return file;
    }

    private static List<ImportedTrial> readAll(NpzSource source) throws IOException {
        List<ImportedTrial> trials = new ArrayList<>();
        for (Optional<Candidate> next = source.next(); next.isPresent(); next = source.next()) {
            trials.add(next.get().read());
        }
        return trials;
    }
}
