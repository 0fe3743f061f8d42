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
        PassProgress NONE = (counted, of) -> {};

        /**
         * @param counted trials counted, each as often as there were passes over it
         * @param of all there are to count in all passes
         */
        void counted(long counted, long of);
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
        List<List<Rectangle>> passes = passes(rectangles);
        for (int pass = 0; pass < passes.size(); pass++) {
            List<CountedRectangle> counted =
                    passes.get(pass).stream().map(CountedRectangle::new).toList();
            pass(pass, passes.size(), counted);
            for (CountedRectangle rectangle : counted) {
                visitor.visit(rectangle);
            }
        }
    }

    private List<List<Rectangle>> passes(List<Rectangle> rectangles) {
        List<List<Rectangle>> passes = new ArrayList<>();
        long bytes = memoryBytes;
        for (Rectangle rectangle : rectangles) {
            if (bytes + rectangle.bytes() > memoryBytes) {
                passes.add(new ArrayList<>());
                bytes = 0;
            }
            passes.get(passes.size() - 1).add(rectangle);
            bytes += rectangle.bytes();
        }
        return passes;
    }

    private void pass(int pass, int passes, List<CountedRectangle> rectangles) throws IOException {
        long[] counted = {(long) pass * trials.trials()};
        trials.forEachBlock(
                block -> {
                    rectangles.forEach(rectangle -> rectangle.fold(block));
                    counted[0] += block.trials();
                    progress.counted(counted[0], (long) passes * trials.trials());
                });
    }

    /** Counts of the memorization of all training examples. */
    public CountedRectangle own() throws IOException {
        CountedRectangle own =
                new CountedRectangle(Rectangle.ofOwn(Rectangle.range(0, trials.trainSize())));
        pass(0, 1, List.of(own));
        return own;
    }
}
