package dev.longtail.dashboard.answers;

import dev.longtail.dashboard.model.PairTable;
import dev.longtail.dashboard.model.Snapshot;
import dev.longtail.dashboard.topics.ExampleStore;
import dev.longtail.estimators.HighInfluenceSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Training examples with the test examples they influence most, as in the paper's figures: those
 * with the largest influence first.
 *
 * @param trials that all figures are from
 * @param published pairs in the job's complete lists
 * @param truncated pairs that the job could not publish
 * @param pairs that satisfy the query
 * @param confirmed of these; null where it is not known
 * @param distinctTest test examples among them
 * @param singleTest test examples with exactly one such training example
 * @param distinctTrain training examples among them; the rows are a page of these
 * @param expectedFalse pairs over both thresholds expected if no pair had any influence; null where
 *     it cannot be told
 * @param nearDuplicateFrom likeness from which on pictures are marked; null without pictures and
 *     until it is measured
 */
public record InfluencePage(
        long trials,
        long published,
        long truncated,
        long pairs,
        Long confirmed,
        long distinctTest,
        long singleTest,
        long distinctTrain,
        Double expectedFalse,
        double nearDuplicateFrom,
        int offset,
        List<Row> rows) {

    /** Test examples shown per training example. */
    private static final int MOST_PER_ROW = 12;

    /**
     * One training example.
     *
     * @param pairs how many of its pairs satisfy the query
     * @param strongest the first of them
     */
    public record Row(ExampleRow train, int pairs, List<PairRow> strongest) {}

    /** The page that a query asks for. */
    public static InfluencePage of(
            Snapshot snapshot, ExampleStore examples, PairQuery query, int offset, int limit) {
        PairTable table = snapshot.trainPairs().get();
        int[] selected = query.select(snapshot).toArray();
        HighInfluenceSummary.Counter counter = new HighInfluenceSummary.Counter();
        Map<Integer, List<Integer>> byTrain = new LinkedHashMap<>();
        for (int k : selected) {
            counter.add(table.train(k), table.test(k));
            byTrain.computeIfAbsent(table.train(k), i -> new ArrayList<>()).add(k);
        }
        HighInfluenceSummary summary = counter.summary();
        List<Row> rows =
                byTrain.entrySet().stream()
                        .skip(offset)
                        .limit(limit)
                        .map(e -> row(snapshot, examples, e.getKey(), e.getValue()))
                        .toList();
        return new InfluencePage(
                table.trials(),
                table.size(),
                table.truncated(),
                selected.length,
                confirmed(table, selected),
                summary.testExamples(),
                summary.singleTestExamples(),
                summary.trainExamples(),
                FalsePairs.expected(snapshot, query),
                NearDuplicates.from(snapshot.description(), examples),
                offset,
                rows);
    }

    private static Row row(
            Snapshot snapshot, ExampleStore examples, int train, List<Integer> positions) {
        String name = ExampleNames.train(examples, train);
        return new Row(
                ExampleRow.of(snapshot, train, name),
                positions.size(),
                positions.stream()
                        .limit(MOST_PER_ROW)
                        .map(
                                k ->
                                        PairRow.of(
                                                snapshot.description(),
                                                examples,
                                                snapshot.trainPairs().get(),
                                                k))
                        .toList());
    }

    private static Long confirmed(PairTable table, int[] selected) {
        if (selected.length > 0 && table.confirmed(selected[0]) == null) {
            return null;
        }
        return Arrays.stream(selected).filter(k -> table.confirmed(k)).count();
    }
}
