package dev.longtail.exchange.counting;

import dev.longtail.estimators.InOutCounts;
import dev.longtail.estimators.counting.FoldKernel;
import dev.longtail.estimators.counting.TileBlock;
import dev.longtail.estimators.counting.TileCounts;
import dev.longtail.estimators.counting.TrialBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The counters of a rectangle, cut into tiles that suit the processor's caches. Rows and columns
 * are positions in the rectangle's arrays.
 */
public final class CountedRectangle {

    private static final int TILE_ROWS = 384;
    private static final int TILE_COLUMNS = 640;

    private final Rectangle rectangle;
    private final int tileColumns;
    private final List<int[]> rowGroups;
    private final List<int[]> columnGroups;
    private final TileCounts[][] tiles;

    /** A kernel serves one thread; its scratch memory is too large to make one for each row. */
    private final ThreadLocal<FoldKernel> kernels = ThreadLocal.withInitial(FoldKernel::best);

    CountedRectangle(Rectangle rectangle) {
        this.rectangle = rectangle;
        this.tileColumns = TILE_COLUMNS;
        this.rowGroups = split(rectangle.train(), TILE_ROWS);
        this.columnGroups = split(rectangle.test(), tileColumns);
        this.tiles = new TileCounts[rowGroups.size()][columnGroups.size()];
        for (int r = 0; r < tiles.length; r++) {
            for (int c = 0; c < tiles[r].length; c++) {
                tiles[r][c] = new TileCounts(rowGroups.get(r).length, columnGroups.get(c).length);
            }
        }
    }

    /** At least one group, so that a rectangle without columns still counts memorization. */
    private static List<int[]> split(int[] indices, int size) {
        List<int[]> groups = new ArrayList<>();
        for (int first = 0; first == 0 || first < indices.length; first += size) {
            groups.add(Arrays.copyOfRange(indices, first, Math.min(indices.length, first + size)));
        }
        return groups;
    }

    /** Counts a block, on all processors. */
    void fold(TrialBlock block) {
        if (rectangle.train().length == 0) {
            return;
        }
        List<byte[]> columns = columnGroups.stream().map(block::columns).toList();
        IntStream.range(0, tiles.length)
                .parallel()
                .forEach(
                        r -> {
                            FoldKernel kernel = kernels.get();
                            byte[] rows = block.rows(rowGroups.get(r));
                            for (int c = 0; c < tiles[r].length; c++) {
                                TileBlock tileBlock =
                                        TileBlock.decode(block.tile(rows, columns.get(c)));
                                tiles[r][c].fold(tileBlock, kernel);
                            }
                        });
    }

    /** What was counted. */
    public Rectangle rectangle() {
        return rectangle;
    }

    /** Counts of the memorization of a row's training example. */
    public InOutCounts own(int row) {
        return tiles[row / TILE_ROWS][0].own(row % TILE_ROWS);
    }

    /** Counts of the influence of a row's training example on a column's test example. */
    public InOutCounts pair(int row, int column) {
        return tiles[row / TILE_ROWS][column / tileColumns].pair(
                row % TILE_ROWS, column % tileColumns);
    }
}
