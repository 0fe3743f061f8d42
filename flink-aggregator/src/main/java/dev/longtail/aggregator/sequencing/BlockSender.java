package dev.longtail.aggregator.sequencing;

import dev.longtail.estimators.counting.TileRecord;
import dev.longtail.estimators.counting.Tiling;
import dev.longtail.estimators.counting.TrialBlock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.util.Collector;

/**
 * Sends a block tile by tile. Holds the block's bit columns while it is being sent; they follow
 * from the pending trials, so that a restored job makes them anew and continues at its cursor.
 */
final class BlockSender {

    /** Train groups that the tiles of a window are of, unless there are few test groups. */
    static final int MOST_ROWS = 16;

    private final Tiling tiling;
    private final TrialBlock block;
    private final byte[][] columns;
    private final TrialTotals totalsAfter;
    private final Map<Integer, byte[]> rows = new RecentRows();

    /**
     * Sends a block.
     *
     * @param totalsAfter totals over the trials up to and including it
     */
    BlockSender(Tiling tiling, TrialBlock block, TrialTotals totalsAfter) {
        this.tiling = tiling;
        this.block = block;
        this.columns = new byte[tiling.testGroupCount()][];
        this.totalsAfter = totalsAfter;
    }

    /** Sends no trials: only asks every tile to publish. */
    static BlockSender ofPublication(Tiling tiling, TrialTotals totals) {
        return new BlockSender(tiling, null, totals);
    }

    /** Totals over the trials up to and including this block. */
    TrialTotals totalsAfter() {
        return totalsAfter;
    }

    /** Bit columns of the train groups used last. */
    private static final class RecentRows extends LinkedHashMap<Integer, byte[]> {

        RecentRows() {
            super(2 * MOST_ROWS, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, byte[]> eldest) {
            return size() > MOST_ROWS;
        }
    }

    /** Sends one tile; tiles sent after each other had best share their rows. */
    void send(int tileId, BlockStamp stamp, Collector<TileMessage> out) {
        out.collect(new TileMessage(tileId, stamp, content(tiling.tile(tileId))));
    }

    private TileRecord content(Tiling.Tile tile) {
        if (block == null) {
            return TileRecord.NONE;
        }
        byte[] shared = rows.computeIfAbsent(tile.trainGroup(), group -> block.rows(tile.train()));
        return block.tile(shared, columns(tile));
    }

    private byte[] columns(Tiling.Tile tile) {
        if (tile.testGroup() == Tiling.NO_GROUP) {
            return block.columns(tile.test());
        }
        if (columns[tile.testGroup()] == null) {
            columns[tile.testGroup()] = block.columns(tile.test());
        }
        return columns[tile.testGroup()];
    }
}
