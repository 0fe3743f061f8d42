package dev.longtail.exchange.counting;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts rectangles in as many passes over the trials as the memory for counters demands. All
 * counts are from the same trials and exact: the arithmetic is the job's.
 */
public final class TrialCounter {

    private final TrialSpool trials;
    private final long memoryBytes;
    private final PassProgress progress;

    /** Is told how far the passes are. */
    public interface PassProgress {

        /** Nobody is told. */
        PassProgress NONE = (pass, counted, of) -> {};

        /**
         * @param pass number of the pass, from 1
         * @param counted trials counted in this pass
         * @param of all trials
         */
        void counted(int pass, int counted, int of);
    }

    /** What is done with each counted rectangle in turn. */
    @FunctionalInterface
    public interface RectangleVisitor {

        /** Its counters are released afterwards. */
        void visit(CountedRectangle counted) throws IOException;
    }

    /**
     * A counter.
     *
     * @param memoryBytes for the counters of one pass; a single rectangle may exceed it
     */
    public TrialCounter(TrialSpool trials, long memoryBytes, PassProgress progress) {
        this.trials = trials;
        this.memoryBytes = memoryBytes;
        this.progress = progress;
    }

    /** The trials that are counted. */
    public TrialSpool trials() {
        return trials;
    }

    /**
     * Largest number of rows of a rectangle that fits the memory.
     *
     * @param columns number of its columns
     */
    public int rowsWithin(int columns) {
        return (int)
                Math.max(1, Math.min(Integer.MAX_VALUE, memoryBytes / Rectangle.bytes(1, columns)));
    }

    /**
     * Largest number of columns of a rectangle that fits the memory.
     *
     * @param rows number of its rows
     */
    public int columnsWithin(int rows) {
        long own = Rectangle.bytes(rows, 0);
        long perColumn = Rectangle.bytes(rows, 1) - own;
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, (memoryBytes - own) / perColumn));
    }

    /** Counts rectangles and hands them over in their order. */
    public void count(List<Rectangle> rectangles, RectangleVisitor visitor) throws IOException {
        int pass = 0;
        List<CountedRectangle> together = new ArrayList<>();
        long bytes = 0;
        for (Rectangle rectangle : rectangles) {
            if (!together.isEmpty() && bytes + rectangle.bytes() > memoryBytes) {
                finish(++pass, together, visitor);
                bytes = 0;
            }
            together.add(new CountedRectangle(rectangle));
            bytes += rectangle.bytes();
        }
        if (!together.isEmpty()) {
            finish(++pass, together, visitor);
        }
    }

    private void finish(int pass, List<CountedRectangle> together, RectangleVisitor visitor)
            throws IOException {
        int[] counted = {0};
        trials.forEachBlock(
                block -> {
                    together.forEach(rectangle -> rectangle.fold(block));
                    counted[0] += block.trials();
                    progress.counted(pass, counted[0], trials.trials());
                });
        for (CountedRectangle rectangle : together) {
            visitor.visit(rectangle);
        }
        together.clear();
    }

    /** Counts of the memorization of all training examples. */
    public CountedRectangle own() throws IOException {
        CountedRectangle own =
                new CountedRectangle(Rectangle.ofOwn(Rectangle.range(0, trials.trainSize())));
        finish(1, new ArrayList<>(List.of(own)), counted -> {});
        return own;
    }
}
