package dev.longtail.aggregator.folding;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Keeps the strongest of the pairs it is given. */
final class HighPairCollector {

    private static final Comparator<Pair> BY_INFLUENCE =
            Comparator.comparingDouble(Pair::influence);

    private static final Comparator<Pair> BY_PLACE =
            Comparator.comparingInt(Pair::row).thenComparingInt(Pair::test);

    private final int most;
    private final PriorityQueue<Pair> weakestFirst = new PriorityQueue<>(BY_INFLUENCE);

    private record Pair(double influence, int row, int test, int includedCorrect, int correct) {}

    HighPairCollector(int most) {
        this.most = most;
    }

    void add(double influence, int row, int test, int includedCorrect, int correct) {
        if (weakestFirst.size() == most) {
            if (influence <= weakestFirst.peek().influence) {
                return;
            }
            weakestFirst.remove();
        }
        weakestFirst.add(new Pair(influence, row, test, includedCorrect, correct));
    }

    HighPairs pairs() {
        var kept = weakestFirst.stream().sorted(BY_PLACE).toList();
        return new HighPairs(
                kept.stream().mapToInt(Pair::row).toArray(),
                kept.stream().mapToInt(Pair::test).toArray(),
                kept.stream().mapToInt(Pair::includedCorrect).toArray(),
                kept.stream().mapToInt(Pair::correct).toArray());
    }
}
