package dev.longtail.exchange.exporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.exchange.counting.TrialSpool;
import dev.longtail.exchange.numpy.NpyReader;
import dev.longtail.exchange.numpy.NpyType;
import dev.longtail.exchange.numpy.NpzReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.jetbrains.bio.npy.NpyArray;
import org.jetbrains.bio.npy.NpyFile;
import org.jetbrains.bio.npy.NpzFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every format against the paper's formulas, read by a library that is not ours. */
class ExportFormatTest {

    private static final double RESOLUTION = 1e-12;
    private static final int ANY_MEMORY = 1 << 30;

    private final PlainTrials plain = PlainTrials.random(4, 150, 23, 17);

    @TempDir private Path directory;

    private TrialSpool spool;
    private Path out;

    @BeforeEach
    void spoolTrials() throws IOException {
        spool = plain.spool(directory);
        out = directory.resolve("out");
    }

    @AfterEach
    void removeSpool() throws IOException {
        spool.close();
        try (var left = Files.list(directory)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("longtail-"));
        }
    }

    /** The smaller memories need a pass per row or column. */
    @ParameterizedTest
    @ValueSource(ints = {1, 1_000, ANY_MEMORY})
    void reference(int memory) throws IOException {
        ExportFormat.REFERENCE.write(plain.input(spool, memory), out);

        try (NpzFile.Reader npz = NpzFile.read(out)) {
            float[] memorization = get(npz, "memorization").asFloatArray();
            assertThat(memorization).hasSize(23);
            for (int i = 0; i < 23; i++) {
                assertThat(memorization[i]).isEqualTo(Float.valueOf((float) plain.memorization(i)));
            }
            NpyArray influence = get(npz, "influence");
            assertThat(influence.getShape()).containsExactly(17, 23);
            for (int j = 0; j < 17; j++) {
                for (int i = 0; i < 23; i++) {
                    assertThat(influence.asFloatArray()[j * 23 + i])
                            .isEqualTo(Float.valueOf((float) plain.influence(i, j)));
                }
            }
        }
        assertThat(trialsIn(out)).isEqualTo(150);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000, ANY_MEMORY})
    void pairs(int memory) throws IOException {
        ExportFormat.PAIRS.write(plain.input(spool, memory), out);

        List<Long> train = new ArrayList<>();
        List<Long> test = new ArrayList<>();
        for (int i = 0; i < 23; i++) {
            for (int j = 0; j < 17; j++) {
                if (plain.memorization(i) >= 0.25 && plain.influence(i, j) >= 0.15) {
                    train.add((long) i);
                    test.add((long) j);
                }
            }
        }
        assertThat(train).as("the random trials have such pairs").isNotEmpty();
        try (NpzFile.Reader npz = NpzFile.read(out)) {
            assertThat(get(npz, "tr_idx").asLongArray())
                    .containsExactly(train.stream().mapToLong(Long::longValue).toArray());
            assertThat(get(npz, "tt_idx").asLongArray())
                    .containsExactly(test.stream().mapToLong(Long::longValue).toArray());
            double[] influence = get(npz, "infl").asDoubleArray();
            double[] memorization = get(npz, "mem").asDoubleArray();
            for (int k = 0; k < train.size(); k++) {
                int i = train.get(k).intValue();
                assertThat(influence[k])
                        .isCloseTo(plain.influence(i, test.get(k).intValue()), within(RESOLUTION));
                assertThat(memorization[k]).isCloseTo(plain.memorization(i), within(RESOLUTION));
            }
        }
        assertThat(trialsIn(out)).isEqualTo(150);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 300, ANY_MEMORY})
    void perClass(int memory) throws IOException {
        ExportFormat.PER_CLASS.write(plain.input(spool, memory), out);

        try (NpzFile.Reader npz = NpzFile.read(out)) {
            assertThat(get(npz, "tr_labels").asLongArray()).startsWith(0, 1, 2, 0).hasSize(23);
            assertThat(get(npz, "tt_labels").asLongArray()).startsWith(0, 1, 2, 0).hasSize(17);
            assertThat(get(npz, "tr_mem").asDoubleArray())
                    .usingComparatorWithPrecision(RESOLUTION)
                    .containsExactly(PlainTrials.each(23, plain::memorization));
            for (int label = 0; label < 3; label++) {
                long[] train = PlainTrials.indices(23, label);
                long[] test = PlainTrials.indices(17, label);
                assertThat(get(npz, "tr_classidx_" + label).asLongArray()).isEqualTo(train);
                assertThat(get(npz, "tt_classidx_" + label).asLongArray()).isEqualTo(test);
                NpyArray matrix = get(npz, "infl_matrix_class" + label);
                assertThat(matrix.getShape()).containsExactly(train.length, test.length);
                assertThat(matrix.asDoubleArray())
                        .usingComparatorWithPrecision(RESOLUTION)
                        .containsExactly(
                                PlainTrials.each(
                                        train.length * test.length,
                                        at ->
                                                plain.influence(
                                                        (int) train[at / test.length],
                                                        (int) test[at % test.length])));
            }
        }
        assertThat(trialsIn(out)).isEqualTo(150);
    }

    @Test
    void perClassNeedsLabels() {
        ExportInput input = plain.input(spool, ANY_MEMORY);
        input.experiment().setTrainLabels(null);

        assertThatThrownBy(() -> ExportFormat.PER_CLASS.write(input, out))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("'plain' has no labels");
    }

    @Test
    void index() throws IOException {
        ExportFormat.INDEX.write(plain.input(spool, ANY_MEMORY), out);

        try (NpzFile.Reader npz = NpzFile.read(out);
                ZipFile zip = new ZipFile(out.toFile())) {
            assertThat(get(npz, "tr_labels").asLongArray()).hasSize(23);
            assertThat(get(npz, "tt_labels").asLongArray()).hasSize(17);
            assertThat(get(npz, "tr_mem").asDoubleArray())
                    .usingComparatorWithPrecision(RESOLUTION)
                    .containsExactly(PlainTrials.each(23, plain::memorization));
            String names =
                    new String(
                            zip.getInputStream(zip.getEntry("tt_filenames.npy")).readAllBytes(),
                            StandardCharsets.ISO_8859_1);
            assertThat(names).contains("'descr': '<U10'").contains("(17,)");
            assertThat(names.replace("\0", "")).contains("test0.pngtest2.pngtest3.png");
        }
        assertThat(trialsIn(out)).isEqualTo(150);
    }

    @Test
    void cscore() throws IOException {
        ExportFormat.CSCORE.write(plain.input(spool, ANY_MEMORY), out);

        try (NpzFile.Reader npz = NpzFile.read(out)) {
            assertThat(get(npz, "labels").asLongArray()).hasSize(23);
            assertThat(get(npz, "scores").asDoubleArray())
                    .usingComparatorWithPrecision(RESOLUTION)
                    .containsExactly(PlainTrials.each(23, plain::heldOutAccuracy));
        }
    }

    @Test
    void masks() throws IOException {
        ExportFormat.MASKS.write(plain.input(spool, ANY_MEMORY), out);

        assertThat(rows("masks.npy", 23)).isEqualTo(plain.mask());
        assertThat(rows("train_correct.npy", 23)).isEqualTo(plain.trainCorrect());
        assertThat(rows("test_correct.npy", 17)).isEqualTo(plain.testCorrect());
        assertThat(Files.readAllLines(out.resolve("trial_ids.txt")))
                .hasSize(150)
                .startsWith("trial-0", "trial-1");
    }

    @Test
    void csv() throws IOException {
        ExportFormat.CSV.write(plain.input(spool, ANY_MEMORY), out);

        List<String> memorization = Files.readAllLines(out.resolve("memorization.csv"));
        assertThat(memorization).hasSize(24);
        assertThat(memorization.get(0))
                .isEqualTo(
                        "train,label,memorization,standard_error,included,included_correct,excluded,excluded_correct,c_score,trials,converged_only");
        String[] never = memorization.get(1).split(",");
        assertThat(never).startsWith("0", "0", "", "", "0", "0", "150").endsWith("150", "false");
        String[] third = memorization.get(3).split(",");
        assertThat(Double.parseDouble(third[2]))
                .isCloseTo(plain.memorization(2), within(RESOLUTION));
        List<String> pairs = Files.readAllLines(out.resolve("pairs.csv"));
        assertThat(pairs.get(0))
                .isEqualTo(
                        "train,test,influence,standard_error,included,included_correct,excluded,excluded_correct,memorization,memorization_standard_error,trials,converged_only");
        assertThat(pairs.subList(1, pairs.size()))
                .isNotEmpty()
                .allSatisfy(
                        row -> {
                            String[] cells = row.split(",");
                            assertThat(Double.parseDouble(cells[2]))
                                    .isCloseTo(
                                            plain.influence(
                                                    Integer.parseInt(cells[0]),
                                                    Integer.parseInt(cells[1])),
                                            within(RESOLUTION));
                            assertThat(cells[10]).isEqualTo("150");
                            assertThat(cells[11]).isEqualTo("false");
                        });
    }

    @ParameterizedTest
    @CsvSource({
        "REFERENCE, true",
        "PAIRS, true",
        "PER_CLASS, true",
        "INDEX, true",
        "CSCORE, true",
        "REFERENCE, false",
        "PAIRS, false",
        "PER_CLASS, false",
        "INDEX, false",
        "CSCORE, false"
    })
    void archivesSayWhetherTrialsAreLeftOut(ExportFormat format, boolean convergedOnly)
            throws IOException {
        format.write(plain.input(spool, ANY_MEMORY, convergedOnly), out);

        try (NpzReader npz = new NpzReader(out);
                NpyReader flag = npz.array("converged_only").requireShape()) {
            assertThat(flag.header().type()).isEqualTo(NpyType.BOOL);
            assertThat(flag.nextDoubles(1)).containsExactly(convergedOnly ? 1 : 0);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void directoriesSayWhetherTrialsAreLeftOut(boolean convergedOnly) throws IOException {
        Path masks = directory.resolve("masks");
        ExportFormat.MASKS.write(plain.input(spool, ANY_MEMORY, convergedOnly), masks);
        ExportFormat.CSV.write(plain.input(spool, ANY_MEMORY, convergedOnly), out);

        byte[] flag = Files.readAllBytes(masks.resolve("converged_only.npy"));
        assertThat(new String(flag, StandardCharsets.ISO_8859_1))
                .contains("'descr': '|b1'", "'shape': ()");
        assertThat(flag[flag.length - 1]).isEqualTo((byte) (convergedOnly ? 1 : 0));
        for (String file : List.of("memorization.csv", "pairs.csv")) {
            List<String> rows = Files.readAllLines(out.resolve(file));
            assertThat(rows.subList(1, rows.size()))
                    .isNotEmpty()
                    .allMatch(row -> row.endsWith(",150," + convergedOnly));
        }
    }

    @Test
    void formatsAreNamedAsOnTheCommandLine() {
        assertThat(ExportFormat.values())
                .extracting(ExportFormat::toString)
                .containsExactly(
                        "reference", "pairs", "per-class", "index", "cscore", "masks", "csv");
    }

    private boolean[][] rows(String file, int width) {
        NpyArray array = NpyFile.read(out.resolve(file), 1 << 10);
        assertThat(array.getShape()).containsExactly(150, width);
        boolean[] all = array.asBooleanArray();
        boolean[][] rows = new boolean[150][width];
        for (int row = 0; row < 150; row++) {
            System.arraycopy(all, row * width, rows[row], 0, width);
        }
        return rows;
    }

    private static long trialsIn(Path file) throws IOException {
        try (NpzReader npz = new NpzReader(file);
                NpyReader trials = npz.array("trials").requireShape()) {
            assertThat(trials.header().type()).isEqualTo(NpyType.INT64);
            return trials.nextLongs(1)[0];
        }
    }

    private static NpyArray get(NpzFile.Reader npz, String name) {
        return npz.get(name, 1 << 10);
    }
}
