package dev.longtail.dashboard.answers;

import dev.longtail.dashboard.model.GroupPairs;
import dev.longtail.dashboard.model.Snapshot;
import dev.longtail.schemas.Convergence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One page of the high-influence pairs.
 *
 * @param fewestTrials trials of the group that is furthest behind
 * @param mostTrials trials of the group that is ahead
 * @param published pairs in the job's complete lists
 * @param truncated pairs that the job could not publish
 * @param matching pairs that satisfy the query, on all pages
 */
public record PairPage(
        long fewestTrials,
        long mostTrials,
        long published,
        long truncated,
        long matching,
        int offset,
        List<PairRow> rows) {

    /**
     * Which pairs: those over both thresholds, by falling influence.
     *
     * @param memorization least mem(i)
     * @param influenceFrom least infl(i, j)
     * @param influenceTo greatest infl(i, j), included
     * @param confirmedOnly leave out pairs that are not confirmed
     * @param label only training examples of this class; null for all
     */
    public record Query(
            double memorization,
            double influenceFrom,
            double influenceTo,
            boolean confirmedOnly,
            Integer label,
            int offset,
            int limit) {

        boolean accepts(PairRow row) {
            return row.memorization() >= memorization
                    && row.value() >= influenceFrom
                    && row.value() <= influenceTo
                    && (!confirmedOnly || Boolean.TRUE.equals(row.confirmed()))
                    && (label == null || row.trainLabel() == label);
        }
    }

    /** The page that a query asks for. */
    public static PairPage of(Snapshot snapshot, Query query) {
        List<PairRow> selected = select(snapshot, query);
        int from = Math.min(query.offset(), selected.size());
        int to = (int) Math.min(selected.size(), (long) from + query.limit());
        var groups = snapshot.trainPairs();
        return new PairPage(
                groups.stream().mapToLong(GroupPairs::trials).min().orElse(0),
                groups.stream().mapToLong(GroupPairs::trials).max().orElse(0),
                groups.stream().mapToLong(GroupPairs::size).sum(),
                groups.stream().mapToLong(GroupPairs::truncated).sum(),
                selected.size(),
                query.offset(),
                List.copyOf(selected.subList(from, to)));
    }

    /** All pairs that satisfy a query, by falling influence. */
    public static List<PairRow> select(Snapshot snapshot, Query query) {
        Confirmation confirmation = Confirmation.of(snapshot);
        List<PairRow> selected = new ArrayList<>();
        for (GroupPairs group : snapshot.trainPairs()) {
            for (int k = 0; k < group.size(); k++) {
                PairRow row =
                        PairRow.of(snapshot.description(), group, k, confirmation.of(group, k));
                if (query.accepts(row)) {
                    selected.add(row);
                }
            }
        }
        selected.sort(
                Comparator.comparingDouble(PairRow::value)
                        .reversed()
                        .thenComparingInt(PairRow::train)
                        .thenComparingInt(PairRow::test));
        return selected;
    }

    /** Which pairs are confirmed: their e-value reaches the level of the same block of trials. */
    private record Confirmation(Map<Long, Convergence> byBlock) {

        static Confirmation of(Snapshot snapshot) {
            return new Confirmation(
                    snapshot.convergence().stream()
                            .collect(
                                    Collectors.toMap(
                                            Convergence::getBlock, c -> c, (old, newer) -> newer)));
        }

        Boolean of(GroupPairs group, int k) {
            Convergence sameTrials = byBlock.get(group.block());
            if (sameTrials == null || sameTrials.getConfirmedPairs() == null) {
                return null;
            }
            Double level = sameTrials.getConfirmedLogEValue();
            return level != null && group.logEValue()[k] >= level.floatValue();
        }
    }
}
