package dev.longtail.aggregator.sequencing;

import dev.longtail.aggregator.JobPlan;
import dev.longtail.estimators.counting.Tiling;
import dev.longtail.estimators.counting.TrialBlock;
import java.util.List;
import org.apache.flink.util.Collector;

/**
 * Sends a block tile by tile. Holds the block's bit columns while it is being sent; they follow
 * from the pending trials, so that a restored job makes them anew and continues at its cursor.
 */
final class BlockSender {

    private static final byte[] NOTHING = {};

    private final Tiling tiling;
    private final TrialBlock block;
    private final byte[][] columns;
    private final TrialTotals totalsAfter;
    private int rowsGroup = Tiling.NO_GROUP;
    private byte[] rows;

    private BlockSender(Tiling tiling, TrialBlock block, TrialTotals totalsAfter) {
        this.tiling = tiling;
        this.block = block;
        this.columns = new byte[tiling.testGroupCount()][];
        this.totalsAfter = totalsAfter;
    }

    /** Sends trials. */
    static BlockSender of(
            JobPlan plan, BlockStamp stamp, TrialTotals totalsBefore, List<PendingTrial> trials) {
        TrialTotals totals = totalsBefore;
        for (PendingTrial trial : trials) {
            totals = totals.plus(trial);
        }
        TrialBlock block =
                new TrialBlock(
                        stamp.block(),
                        stamp.trials() - trials.size(),
                        stamp.publish(),
                        trials.stream().map(PendingTrial::mask).toList(),
                        trials.stream().map(PendingTrial::trainCorrect).toList(),
                        trials.stream().map(PendingTrial::testCorrect).toList(),
                        plan.trainSize(),
                        plan.testSize());
        return new BlockSender(plan.tiling(), block, totals);
    }

    /** Sends no trials: only asks every tile to publish. */
    static BlockSender ofPublication(JobPlan plan, TrialTotals totals) {
        return new BlockSender(plan.tiling(), null, totals);
    }

    /** Totals over the trials up to and including this block. */
    TrialTotals totalsAfter() {
        return totalsAfter;
    }

    /** Sends one tile; tiles are best sent in their order, because neighbours share their rows. */
    void send(int tileId, BlockStamp stamp, Collector<TileMessage> out) {
        out.collect(new TileMessage(tileId, stamp, content(tiling.tile(tileId))));
    }

    private byte[] content(Tiling.Tile tile) {
        if (block == null) {
            return NOTHING;
        }
        if (rowsGroup != tile.trainGroup()) {
            rows = block.rows(tile.train());
            rowsGroup = tile.trainGroup();
        }
        return block.tile(rows, columns(tile));
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
