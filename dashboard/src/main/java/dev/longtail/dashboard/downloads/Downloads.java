package dev.longtail.dashboard.downloads;

import dev.longtail.dashboard.answers.ExamplePage;
import dev.longtail.dashboard.answers.PairQuery;
import dev.longtail.dashboard.model.Memorization;
import dev.longtail.dashboard.model.PairTable;
import dev.longtail.dashboard.model.Snapshot;
import dev.longtail.dashboard.topics.ExampleStore;
import dev.longtail.estimators.Estimate;
import dev.longtail.estimators.InOutCounts;
import dev.longtail.estimators.LabelAudit;
import dev.longtail.schemas.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.jetbrains.bio.npy.NpzFile;

/**
 * Lists as files, whole: paging is for screens. Every row carries its error, its trial count and
 * whether only converged trials were counted.
 */
public final class Downloads {

    private static final String CONVERGED_ONLY = "converged_only";

    private Downloads() {}

    /**
     * Training examples as CSV.
     *
     * @param examples selected and in order
     * @param names where names come from; null leaves the column out, as long lists do
     */
    public static byte[] examplesCsv(Snapshot snapshot, ExampleStore names, int[] examples) {
        Memorization m = snapshot.memorization().get();
        try (Csv csv =
                new Csv(
                        "index",
                        "name",
                        "label",
                        "memorization",
                        "standard_error",
                        "trials",
                        "in",
                        "in_correct",
                        "out",
                        "out_correct",
                        "c_score",
                        "suspicion",
                        "largest_influence",
                        "largest_influence_test",
                        "mean_influence",
                        CONVERGED_ONLY)) {
            for (int i : examples) {
                InOutCounts c = m.counts(i);
                csv.row(
                        i,
                        names == null
                                ? ""
                                : names.card(Split.TRAIN, i)
                                        .map(ExampleStore.Card::name)
                                        .orElse(""),
                        snapshot.description().label(Split.TRAIN, i),
                        m.value(i),
                        m.standardError(i),
                        m.trials(),
                        c.in(),
                        c.inCorrect(),
                        c.out(),
                        c.outCorrect(),
                        m.consistencyScore(i),
                        LabelAudit.suspicion(c),
                        (double) m.largestInfluence(i),
                        m.largestInfluenceTest(i),
                        (double) m.meanInfluence(i),
                        snapshot.convergedOnly());
            }
            return csv.bytes();
        }
    }

    /** Training examples as NumPy arrays of equal length. */
    public static byte[] examplesNpz(Snapshot snapshot, ExamplePage.Query query) {
        Memorization m = snapshot.memorization().get();
        int[] examples = query.select(snapshot);
        return npz(
                writer -> {
                    writer.write("index", Arrays.stream(examples).asLongStream().toArray());
                    writer.write(
                            "label",
                            Arrays.stream(examples)
                                    .mapToLong(i -> snapshot.description().label(Split.TRAIN, i))
                                    .toArray());
                    writer.write("memorization", values(examples, m::value));
                    writer.write("standard_error", values(examples, m::standardError));
                    writer.write("c_score", values(examples, m::consistencyScore));
                    writer.write("largest_influence", values(examples, m::largestInfluence));
                    writer.write("mean_influence", values(examples, m::meanInfluence));
                    writer.write("in_count", values(examples, i -> m.counts().in(i)));
                    writeOrigin(writer, m.trials(), snapshot);
                });
    }

    /** High-influence pairs as CSV. */
    public static byte[] pairsCsv(Snapshot snapshot, PairQuery query) {
        PairTable pairs = snapshot.trainPairs().get();
        try (Csv csv =
                new Csv(
                        "train",
                        "test",
                        "train_label",
                        "test_label",
                        "influence",
                        "standard_error",
                        "trials",
                        "in",
                        "in_correct",
                        "out",
                        "out_correct",
                        "memorization",
                        "confirmed",
                        CONVERGED_ONLY)) {
            query.select(snapshot)
                    .forEach(
                            k -> {
                                Estimate e = pairs.influence(k);
                                csv.row(
                                        pairs.train(k),
                                        pairs.test(k),
                                        snapshot.description().label(Split.TRAIN, pairs.train(k)),
                                        snapshot.description().label(Split.TEST, pairs.test(k)),
                                        e.value(),
                                        e.standardError(),
                                        pairs.trials(),
                                        e.counts().in(),
                                        e.counts().inCorrect(),
                                        e.counts().out(),
                                        e.counts().outCorrect(),
                                        (double) pairs.memorization(k),
                                        pairs.confirmed(k),
                                        snapshot.convergedOnly());
                            });
            return csv.bytes();
        }
    }

    /** High-influence pairs with the names of the paper's published files. */
    public static byte[] pairsNpz(Snapshot snapshot, PairQuery query) {
        PairTable pairs = snapshot.trainPairs().get();
        int[] selected = query.select(snapshot).toArray();
        return npz(
                writer -> {
                    writer.write(
                            "tr_idx", Arrays.stream(selected).mapToLong(pairs::train).toArray());
                    writer.write(
                            "tt_idx", Arrays.stream(selected).mapToLong(pairs::test).toArray());
                    writer.write("infl", values(selected, k -> pairs.influence(k).value()));
                    writer.write("mem", values(selected, pairs::memorization));
                    writeOrigin(writer, pairs.trials(), snapshot);
                });
    }

    /** What all values of an archive are from. */
    private static void writeOrigin(NpzFile.Writer writer, long trials, Snapshot snapshot) {
        writer.write("trials", new long[] {trials});
        writer.write(CONVERGED_ONLY, new boolean[] {snapshot.convergedOnly()});
    }

    private static double[] values(int[] positions, IntToDoubleFunction value) {
        return Arrays.stream(positions).mapToDouble(value).toArray();
    }

    @FunctionalInterface
    private interface Arrangement {
        void write(NpzFile.Writer writer);
    }

    /** The library writes files only. */
    private static byte[] npz(Arrangement arrays) {
        try {
            Path file = Files.createTempFile("longtail-download", ".npz");
            try {
                try (NpzFile.Writer writer = NpzFile.INSTANCE.write(file, true)) {
                    arrays.write(writer);
                }
                return Files.readAllBytes(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a NumPy archive", e);
        }
    }
}
