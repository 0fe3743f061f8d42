package dev.longtail.exchange.exporting;

import dev.longtail.estimators.InOutCounts;
import dev.longtail.exchange.counting.CountedRectangle;
import dev.longtail.exchange.counting.Rectangle;
import dev.longtail.exchange.counting.TrialCounter;
import dev.longtail.exchange.exporting.ExportInput.PairThresholds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The pairs of high influence, [FZ20] section 4.1: {@code mem(i) >= 0.25} and {@code infl(i, j) >=
 * 0.15}. Only the rows of memorized training examples are counted.
 */
final class HighInfluencePairs {

    private final TrialCounter counter;
    private final PairThresholds thresholds;
    private final CountedRectangle own;

    /** What is done with each pair, by rising training and then test example. */
    interface PairVisitor {

        /**
         * @param train i
         * @param test j
         * @param memorization counts of mem(i)
         * @param influence counts of infl(i, j)
         */
        void visit(int train, int test, InOutCounts memorization, InOutCounts influence)
                throws IOException;
    }

    /**
     * @param own counts of all training examples
     */
    HighInfluencePairs(TrialCounter counter, PairThresholds thresholds, CountedRectangle own) {
        this.counter = counter;
        this.thresholds = thresholds;
        this.own = own;
    }

    /** Counts and selects. */
    void forEach(PairVisitor visitor) throws IOException {
        counter.count(bands(), band -> select(band, visitor));
    }

    private List<Rectangle> bands() {
        int[] memorized =
                IntStream.range(0, own.rectangle().train().length)
                        .filter(i -> ExportInput.value(own.own(i)) >= thresholds.memorization())
                        .toArray();
        int[] test = Rectangle.range(0, counter.trials().testSize());
        int height = counter.rowsWithin(test.length);
        List<Rectangle> bands = new ArrayList<>();
        for (int first = 0; first < memorized.length; first += height) {
            int end = Math.min(memorized.length, first + height);
            bands.add(new Rectangle(Arrays.copyOfRange(memorized, first, end), test));
        }
        return bands;
    }

    private void select(CountedRectangle band, PairVisitor visitor) throws IOException {
        int[] train = band.rectangle().train();
        for (int row = 0; row < train.length; row++) {
            for (int test = 0; test < band.rectangle().test().length; test++) {
                InOutCounts influence = band.pair(row, test);
                if (ExportInput.value(influence) >= thresholds.influence()) {
                    visitor.visit(train[row], test, band.own(row), influence);
                }
            }
        }
    }
}
