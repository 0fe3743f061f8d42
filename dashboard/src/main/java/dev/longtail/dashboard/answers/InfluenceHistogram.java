package dev.longtail.dashboard.answers;

import dev.longtail.dashboard.model.PairTable;
import dev.longtail.dashboard.model.Snapshot;
import java.util.Arrays;

/**
 * How many of the published pairs have which influence.
 *
 * @param trials that the counts are from
 * @param from lower end of the first bin
 * @param to upper end of the last bin, which is closed
 * @param counts pairs per bin, bins of equal width
 * @param confirmed confirmed pairs per bin
 */
public record InfluenceHistogram(
        long trials, double from, double to, long[] counts, long[] confirmed) {

    /**
     * The histogram of the pairs that a query selects.
     *
     * @param bins number of bins over [0, 1]
     */
    public static InfluenceHistogram of(Snapshot snapshot, PairQuery query, int bins) {
        PairTable pairs = snapshot.trainPairs().get();
        long[] counts = new long[bins];
        long[] confirmed = new long[bins];
        int[] selected = query.select(snapshot).toArray();
        Arrays.stream(selected)
                .forEach(
                        k -> {
                            double value = Math.max(0, pairs.influence(k).value());
                            int bin = Math.min(bins - 1, (int) (value * bins));
                            counts[bin]++;
                            confirmed[bin] += Boolean.TRUE.equals(pairs.confirmed(k)) ? 1 : 0;
                        });
        return new InfluenceHistogram(pairs.trials(), 0, 1, counts, confirmed);
    }
}
