package dev.longtail.exchange.exporting;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.longtail.estimators.Estimate;
import dev.longtail.estimators.InOutCounts;
import dev.longtail.exchange.counting.CountedRectangle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A directory of {@code memorization.csv} and {@code pairs.csv}, each value with its standard
 * error, its counts, the number of trials and whether only converged ones are among them; undefined
 * values are empty.
 */
final class CsvExport implements Export {

    private static final String[] MEMORIZATION = {
        "train",
        "label",
        "memorization",
        "standard_error",
        "included",
        "included_correct",
        "excluded",
        "excluded_correct",
        "c_score",
        "trials",
        ExportInput.CONVERGED_ONLY
    };

    private static final String[] PAIRS = {
        "train",
        "test",
        "influence",
        "standard_error",
        "included",
        "included_correct",
        "excluded",
        "excluded_correct",
        "memorization",
        "memorization_standard_error",
        "trials",
        ExportInput.CONVERGED_ONLY
    };

    /** An empty cell; a null would be left out and shift the row. */
    private static final String UNDEFINED = "";

    private final CsvMapper mapper =
            CsvMapper.builder().enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING).build();

    @Override
    public void write(ExportInput input, Path out) throws IOException {
        Files.createDirectory(out);
        CountedRectangle own = input.counter().own();
        try (SequenceWriter rows = open(out.resolve("memorization.csv"), MEMORIZATION)) {
            int[] labels = input.trainLabels();
            for (int i = 0; i < labels.length; i++) {
                InOutCounts counts = own.own(i);
                Estimate memorization = Estimate.of(counts);
                rows.write(
                        Arrays.asList(
                                i,
                                labels[i] < 0 ? UNDEFINED : labels[i],
                                cell(memorization.value()),
                                cell(memorization.standardError()),
                                counts.in(),
                                counts.inCorrect(),
                                counts.out(),
                                counts.outCorrect(),
                                cell(counts.outAccuracy()),
                                input.trials(),
                                input.convergedOnly()));
            }
        }
        try (SequenceWriter rows = open(out.resolve("pairs.csv"), PAIRS)) {
            new HighInfluencePairs(input.counter(), input.thresholds(), own)
                    .forEach(
                            (train, test, ownCounts, counts) ->
                                    rows.write(
                                            pair(
                                                    train,
                                                    test,
                                                    ownCounts,
                                                    counts,
                                                    input.convergedOnly())));
        }
    }

    private static List<Object> pair(
            int train, int test, InOutCounts own, InOutCounts counts, boolean convergedOnly) {
        Estimate influence = Estimate.of(counts);
        Estimate memorization = Estimate.of(own);
        return Arrays.asList(
                train,
                test,
                cell(influence.value()),
                cell(influence.standardError()),
                counts.in(),
                counts.inCorrect(),
                counts.out(),
                counts.outCorrect(),
                cell(memorization.value()),
                cell(memorization.standardError()),
                counts.trials(),
                convergedOnly);
    }

    private static Object cell(double value) {
        return Double.isNaN(value) ? UNDEFINED : value;
    }

    private SequenceWriter open(Path file, String[] columns) throws IOException {
        CsvSchema.Builder schema = CsvSchema.builder();
        for (String column : columns) {
            schema.addColumn(column);
        }
        return mapper.writer(schema.build().withHeader())
                .writeValues(Files.newBufferedWriter(file));
    }
}
