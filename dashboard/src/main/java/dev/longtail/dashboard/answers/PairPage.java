package dev.longtail.dashboard.answers;

import dev.longtail.dashboard.model.PairTable;
import dev.longtail.dashboard.model.Snapshot;
import dev.longtail.dashboard.topics.ExampleStore;
import java.util.Arrays;
import java.util.List;

/**
 * One page of the high-influence pairs, by falling influence.
 *
 * @param trials that the pairs are from
 * @param published pairs in the job's complete lists
 * @param truncated pairs that the job could not publish
 * @param matching pairs that satisfy the query, on all pages
 */
public record PairPage(
        long trials,
        long published,
        long truncated,
        long matching,
        int offset,
        List<PairRow> rows) {

    /** The page that a query asks for. */
    public static PairPage of(
            Snapshot snapshot, ExampleStore examples, PairQuery query, int offset, int limit) {
        PairTable pairs = snapshot.trainPairs().get();
        int[] selected = query.select(snapshot).toArray();
        List<PairRow> rows =
                Arrays.stream(selected)
                        .skip(offset)
                        .limit(limit)
                        .mapToObj(k -> PairRow.of(snapshot.description(), examples, pairs, k))
                        .toList();
        return new PairPage(
                pairs.trials(), pairs.size(), pairs.truncated(), selected.length, offset, rows);
    }
}
