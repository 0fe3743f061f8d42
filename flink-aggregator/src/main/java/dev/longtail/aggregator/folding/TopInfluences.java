package dev.longtail.aggregator.folding;

import dev.longtail.aggregator.sequencing.BlockStamp;
import dev.longtail.estimators.InOutCounts;
import java.util.Arrays;

/**
 * The most helpful and the most harmful training examples of each test example of a group, over the
 * tiles that were offered. Not safe for use by several threads.
 *
 * <p>Per test example and sign there are {@code most} slots, empty ones with influence 0. A floor
 * per test example, the weakest of its slots, lets nearly all pairs pass with one comparison.
 */
final class TopInfluences {

    private final int testGroup;
    private final int[] tests;
    private final BlockStamp stamp;
    private final int most;
    private final double[] strengths;
    private final int[] trains;
    private final int[] counters;
    private final double[] floors;
    private int tiles;

    /**
     * Nothing offered yet.
     *
     * @param tests test examples of the group
     * @param most kept per test example and sign
     */
    TopInfluences(int testGroup, int[] tests, BlockStamp stamp, int most) {
        this.testGroup = testGroup;
        this.tests = tests;
        this.stamp = stamp;
        this.most = most;
        int slots = Math.multiplyExact(2 * tests.length, most);
        this.strengths = new double[slots];
        this.trains = new int[slots];
        this.counters = new int[Math.multiplyExact(slots, TopReport.COUNTERS)];
        this.floors = new double[2 * tests.length];
    }

    BlockStamp stamp() {
        return stamp;
    }

    int tiles() {
        return tiles;
    }

    void countTile() {
        tiles++;
    }

    /** Offers all pairs of a training example, both of whose sides must have trials. */
    void offerRow(int train, InOutCounts own, int[] inCorrect, int[] correct) {
        double a = 1.0 / own.in() + 1.0 / own.out();
        double b = 1.0 / own.out();
        for (int c = 0; c < inCorrect.length; c++) {
            double influence = a * inCorrect[c] - b * correct[c];
            if (influence > floors[2 * c]) {
                put(2 * c, influence, train, own, inCorrect[c], correct[c]);
            } else if (-influence > floors[2 * c + 1]) {
                put(2 * c + 1, -influence, train, own, inCorrect[c], correct[c]);
            }
        }
    }

    private void put(
            int list, double strength, int train, InOutCounts own, int inCorrect, int correct) {
        int first = list * most;
        int weakest = first;
        for (int slot = first + 1; slot < first + most; slot++) {
            if (strengths[slot] < strengths[weakest]) {
                weakest = slot;
            }
        }
        strengths[weakest] = strength;
        trains[weakest] = train;
        int at = weakest * TopReport.COUNTERS;
        counters[at] = (int) own.in();
        counters[at + 1] = (int) own.inCorrect();
        counters[at + 2] = (int) own.outCorrect();
        counters[at + 3] = inCorrect;
        counters[at + 4] = correct;
        double floor = strengths[first];
        for (int slot = first + 1; slot < first + most; slot++) {
            floor = Math.min(floor, strengths[slot]);
        }
        floors[list] = floor;
    }

    /** What was found in the tiles offered. */
    TopReport report() {
        int filled = (int) Arrays.stream(strengths).filter(strength -> strength > 0).count();
        int[] places = new int[filled];
        int[] keptTrains = new int[filled];
        int[] keptCounters = new int[filled * TopReport.COUNTERS];
        int kept = 0;
        for (int slot = 0; slot < strengths.length; slot++) {
            if (strengths[slot] > 0) {
                places[kept] = slot / most / 2;
                keptTrains[kept] = trains[slot];
                System.arraycopy(
                        counters,
                        slot * TopReport.COUNTERS,
                        keptCounters,
                        kept * TopReport.COUNTERS,
                        TopReport.COUNTERS);
                kept++;
            }
        }
        return new TopReport(testGroup, stamp, tiles, places, keptTrains, keptCounters);
    }
}
