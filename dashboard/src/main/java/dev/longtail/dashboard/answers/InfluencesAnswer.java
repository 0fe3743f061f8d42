package dev.longtail.dashboard.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longtail.aggregator.client.Influence;
import dev.longtail.aggregator.client.StrongestInfluences;
import dev.longtail.dashboard.model.PairTable;
import dev.longtail.dashboard.model.Snapshot;
import dev.longtail.dashboard.topics.ExampleStore;
import dev.longtail.schemas.Split;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The strongest influences of a training example, or on a test example, of both signs.
 *
 * @param trials that they are from
 * @param source where they were read: {@code state}, the running job's own counters, all pairs in
 *     scope; or {@code topics}, what the job has published
 * @param note what is missing and why; null where the answer is complete
 * @param helpful influences above 0, largest first
 * @param harmful influences below 0, most negative first
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record InfluencesAnswer(
        long trials, String source, String note, List<PairRow> helpful, List<PairRow> harmful) {

    /** From the job's state. */
    public static InfluencesAnswer of(
            Snapshot snapshot, ExampleStore examples, StrongestInfluences found) {
        return new InfluencesAnswer(
                found.from().trials(),
                "state",
                null,
                rows(snapshot, examples, found, found.helpful()),
                rows(snapshot, examples, found, found.harmful()));
    }

    private static List<PairRow> rows(
            Snapshot snapshot,
            ExampleStore examples,
            StrongestInfluences found,
            List<Influence> influences) {
        PairTable published = snapshot.trainPairs().get();
        boolean sameTrials = published.trials() == found.from().trials();
        return influences.stream()
                .map(
                        influence ->
                                PairRow.of(
                                        snapshot.description(),
                                        examples,
                                        influence.train(),
                                        influence.test(),
                                        influence.estimate(),
                                        Double.NaN,
                                        sameTrials
                                                ? published.confirmed(
                                                        influence.train(), influence.test())
                                                : null))
                .toList();
    }

    /**
     * From the published lists.
     *
     * @param why the job's state was not read
     * @param most how many of each sign at most
     */
    public static InfluencesAnswer published(
            Snapshot snapshot,
            ExampleStore examples,
            Split split,
            int index,
            int most,
            String why) {
        boolean ofTrain = split == Split.TRAIN;
        PairTable pairs = (ofTrain ? snapshot.trainPairs() : snapshot.testPairs()).get();
        IntPredicate wanted = ofTrain ? k -> pairs.train(k) == index : k -> pairs.test(k) == index;
        int[] own = IntStream.range(0, pairs.size()).filter(wanted).toArray();
        List<PairRow> helpful =
                IntStream.of(own)
                        .filter(k -> pairs.influence(k).value() > 0)
                        .limit(most)
                        .mapToObj(k -> PairRow.of(snapshot.description(), examples, pairs, k))
                        .toList();
        List<PairRow> harmful =
                IntStream.range(0, own.length)
                        .map(at -> own[own.length - 1 - at])
                        .filter(k -> pairs.influence(k).value() < 0)
                        .limit(most)
                        .mapToObj(k -> PairRow.of(snapshot.description(), examples, pairs, k))
                        .toList();
        String note =
                ofTrain
                        ? "only the published high-influence pairs are shown: " + why
                        : own.length == 0 ? "no pair with this example is published" : null;
        return new InfluencesAnswer(pairs.trials(), "topics", note, helpful, harmful);
    }
}
