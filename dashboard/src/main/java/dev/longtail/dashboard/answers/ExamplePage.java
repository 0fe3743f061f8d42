package dev.longtail.dashboard.answers;

import dev.longtail.dashboard.model.Memorization;
import dev.longtail.dashboard.model.Snapshot;
import dev.longtail.dashboard.topics.ExampleStore;
import dev.longtail.schemas.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One page of a list of training examples.
 *
 * @param trials that the list is from
 * @param matching examples that satisfy the query, on all pages
 * @param offset of the first row among them
 * @param rows at most the asked number
 */
public record ExamplePage(long trials, long matching, int offset, List<ExampleRow> rows) {

    /**
     * Which examples, in which order.
     *
     * @param from least memorization
     * @param to greatest memorization, included
     * @param label only this class; null for all
     */
    public record Query(
            double from,
            double to,
            Integer label,
            ExampleSort sort,
            boolean descending,
            int offset,
            int limit) {

        /** Indices of all examples that satisfy the query, in its order; paging not applied. */
        public int[] select(Snapshot snapshot) {
            Memorization m = snapshot.memorization().get();
            int[] order = sort.order(m, descending);
            int kept = 0;
            for (int i : order) {
                boolean inRange = m.value(i) >= from && m.value(i) <= to;
                boolean inClass =
                        label == null || snapshot.description().label(Split.TRAIN, i) == label;
                if (inRange && inClass) {
                    order[kept++] = i;
                }
            }
            return Arrays.copyOf(order, kept);
        }
    }

    /** The page that a query asks for. */
    public static ExamplePage of(Snapshot snapshot, ExampleStore examples, Query query) {
        int[] selected = query.select(snapshot);
        List<ExampleRow> rows = new ArrayList<>();
        int end = (int) Math.min(selected.length, (long) query.offset() + query.limit());
        for (int k = query.offset(); k < end; k++) {
            int i = selected[k];
            String name = examples.card(Split.TRAIN, i).map(ExampleStore.Card::name).orElse("");
            rows.add(ExampleRow.of(snapshot, i, name));
        }
        return new ExamplePage(
                snapshot.memorization().get().trials(), selected.length, query.offset(), rows);
    }
}
