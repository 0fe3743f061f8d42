package dev.longtail.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.longtail.dashboard.simulation.SimulatedTrials;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jetbrains.bio.npy.NpzFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every cell of the lists that are offered as files, against the plain formula. */
class DownloadsITCase {

    private static final String ONE = "/api/experiments/formula";
    private static final int MOST_BYTES = 1 << 20;

    @TempDir static Path dir;
    private static FormulaSite formula;
    private static SimulatedTrials trials;
    private static Api api;

    @BeforeAll
    static void start() throws Exception {
        formula = FormulaSite.start(dir);
        trials = formula.trials();
        api = formula.api();
    }

    @AfterAll
    static void stop() {
        formula.close();
    }

    @Test
    void examplesAsCsv() throws Exception {
        HttpResponse<byte[]> file = api.get(ONE + "/memorization.csv?sort=index&descending=false");
        assertThat(file.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"formula-memorization.csv\"");
        List<Map<String, String>> rows = csv(file.body());
        assertThat(rows).hasSize(trials.trainSize());
        for (int i = 0; i < rows.size(); i++) {
            Map<String, String> row = rows.get(i);
            assertThat(row).containsEntry("index", String.valueOf(i));
            assertThat(row).containsEntry("name", "'=cmd|' /C calc'!" + i);
            assertThat(row).containsEntry("label", String.valueOf(trials.trainLabel(i)));
            assertThat(row).containsEntry("trials", String.valueOf(FormulaSite.TRIALS));
            assertThat(number(row, "memorization"))
                    .isCloseTo(trials.memorization(i), within(1e-12));
            assertThat(number(row, "standard_error"))
                    .isCloseTo(trials.memorizationError(i), within(1e-12));
            double largest = Double.NEGATIVE_INFINITY;
            double sum = 0;
            for (int j = 0; j < trials.testSize(); j++) {
                largest = Math.max(largest, trials.influence(i, j));
                sum += trials.influence(i, j);
            }
            assertThat(number(row, "largest_influence")).isCloseTo(largest, within(1e-6));
            assertThat(number(row, "mean_influence"))
                    .isCloseTo(sum / trials.testSize(), within(1e-6));
            assertThat(number(row, "in_correct") / number(row, "in") - number(row, "c_score"))
                    .isCloseTo(trials.memorization(i), within(1e-12));
        }
    }

    @Test
    void onlyWhatIsOnScreen() throws Exception {
        List<Map<String, String>> rows =
                csv(api.get(ONE + "/memorization.csv?from=0.25&class=3&sort=c-score").body());
        assertThat(rows)
                .isNotEmpty()
                .allSatisfy(
                        row -> {
                            assertThat(number(row, "memorization")).isGreaterThanOrEqualTo(0.25);
                            assertThat(row).containsEntry("label", "3");
                        });
        assertThat(rows.stream().map(row -> number(row, "c_score")).toList())
                .isSortedAccordingTo((a, b) -> Double.compare(b, a));
    }

    @Test
    void examplesAsNumpyArrays() throws Exception {
        Path file = save("/memorization.npz", "examples.npz");
        try (NpzFile.Reader reader = NpzFile.INSTANCE.read(file)) {
            long[] index = reader.get("index", MOST_BYTES).asLongArray();
            double[] memorization = reader.get("memorization", MOST_BYTES).asDoubleArray();
            double[] errors = reader.get("standard_error", MOST_BYTES).asDoubleArray();
            long[] labels = reader.get("label", MOST_BYTES).asLongArray();
            assertThat(index).hasSize(trials.trainSize());
            assertThat(reader.get("trials", MOST_BYTES).asLongArray())
                    .containsExactly(FormulaSite.TRIALS);
            for (int k = 0; k < index.length; k++) {
                int i = (int) index[k];
                assertThat(memorization[k]).isCloseTo(trials.memorization(i), within(1e-12));
                assertThat(errors[k]).isCloseTo(trials.memorizationError(i), within(1e-12));
                assertThat(labels[k]).isEqualTo(trials.trainLabel(i));
            }
        }
    }

    @Test
    void pairsAsCsvAndAsNumpyArrays() throws Exception {
        String query = "?memorization=0.25&from=0.15";
        List<Map<String, String>> rows = csv(api.get(ONE + "/pairs.csv" + query).body());
        assertThat(rows).isNotEmpty();
        Path file = save("/pairs.npz" + query, "pairs.npz");
        try (NpzFile.Reader reader = NpzFile.INSTANCE.read(file)) {
            long[] train = reader.get("tr_idx", MOST_BYTES).asLongArray();
            long[] test = reader.get("tt_idx", MOST_BYTES).asLongArray();
            double[] influence = reader.get("infl", MOST_BYTES).asDoubleArray();
            double[] memorization = reader.get("mem", MOST_BYTES).asDoubleArray();
            assertThat(influence).hasSize(rows.size());
            for (int k = 0; k < influence.length; k++) {
                int i = (int) train[k];
                int j = (int) test[k];
                assertThat(influence[k]).isCloseTo(trials.influence(i, j), within(1e-12));
                assertThat(memorization[k]).isCloseTo(trials.memorization(i), within(1e-6));
                Map<String, String> row = rows.get(k);
                assertThat(row).containsEntry("train", String.valueOf(i));
                assertThat(row).containsEntry("test", String.valueOf(j));
                assertThat(row).containsEntry("trials", String.valueOf(FormulaSite.TRIALS));
                assertThat(row.get("confirmed")).isIn("true", "false");
                assertThat(number(row, "influence")).isCloseTo(influence[k], within(1e-12));
                assertThat(number(row, "standard_error"))
                        .isCloseTo(trials.influenceError(i, j), within(1e-12));
            }
        }
    }

    private static Path save(String path, String name) throws IOException {
        HttpResponse<byte[]> file = api.get(ONE + path);
        assertThat(file.statusCode()).isEqualTo(200);
        return Files.write(dir.resolve(name), file.body());
    }

    private static double number(Map<String, String> row, String column) {
        return Double.parseDouble(row.get(column));
    }

    static List<Map<String, String>> csv(byte[] file) throws IOException {
        try (MappingIterator<Map<String, String>> rows =
                new CsvMapper()
                        .readerForMapOf(String.class)
                        .with(CsvSchema.emptySchema().withHeader())
                        .readValues(file)) {
            return rows.readAll();
        }
    }
}
