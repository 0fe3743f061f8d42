package dev.longtail.dashboard.answers;

import dev.longtail.dashboard.model.PairTable;
import dev.longtail.dashboard.model.Snapshot;
import dev.longtail.schemas.Split;
import java.util.stream.IntStream;

/**
 * Which high-influence pairs are asked for.
 *
 * @param memorization least mem(i)
 * @param from least infl(i, j)
 * @param to greatest infl(i, j), included
 * @param confirmedOnly leave out pairs that are not confirmed
 * @param label only training examples of this class; null for all
 */
public record PairQuery(
        double memorization, double from, double to, boolean confirmedOnly, Integer label) {

    /** Positions of the pairs in the snapshot's table that satisfy the query, as sorted there. */
    public IntStream select(Snapshot snapshot) {
        PairTable pairs = snapshot.trainPairs().get();
        return IntStream.range(0, pairs.size()).filter(k -> accepts(snapshot, pairs, k));
    }

    private boolean accepts(Snapshot snapshot, PairTable pairs, int k) {
        double influence = pairs.influence(k).value();
        return pairs.memorization(k) >= memorization
                && influence >= from
                && influence <= to
                && (!confirmedOnly || Boolean.TRUE.equals(pairs.confirmed(k)))
                && (label == null
                        || snapshot.description().label(Split.TRAIN, pairs.train(k)) == label);
    }
}
