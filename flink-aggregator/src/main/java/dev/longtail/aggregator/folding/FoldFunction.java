package dev.longtail.aggregator.folding;

import dev.longtail.aggregator.JobPlan;
import dev.longtail.aggregator.sequencing.TileMessage;
import dev.longtail.estimators.counting.FoldKernel;
import dev.longtail.estimators.counting.TileBlock;
import dev.longtail.estimators.counting.TileBuffers;
import dev.longtail.estimators.counting.TileCounts;
import dev.longtail.estimators.counting.Tiling;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts blocks of trials into tiles and says what follows when a block is to be published. The
 * counters are keyed state, one value per tile, and can be queried.
 *
 * <p>The largest influences per test example are collected in memory over all tiles of this task
 * and sent on once all of them have contributed: what is lost with a failing task is published anew
 * under the next attempt.
 */
public final class FoldFunction extends KeyedProcessFunction<Integer, TileMessage, TileReport> {

    /** The largest influences per test example. */
    public static final OutputTag<TopReport> TOP = new OutputTag<>("top", TopReport.TYPE);

    /** Metric: how long this task has counted and surveyed since it started, milliseconds. */
    public static final String COUNTING_MILLIS = "countingMillis";

    /** Training examples kept per test example and sign. */
    public static final int MOST_PER_TEST = 20;

    private static final Logger LOG = LoggerFactory.getLogger(FoldFunction.class);

    private final JobPlan plan;
    private transient ValueState<ByteBuffer> state;
    private transient FoldKernel kernel;
    private transient TileBuffers buffers;
    private transient Turns turns;
    private transient Rests rests;
    private transient TileSurvey survey;
    private transient Tiling tiling;
    private transient Map<Integer, TopInfluences> tops;
    private transient int[] ownTilesPerTestGroup;

    /** Written by the task alone, read by whoever asks for metrics. */
    private transient volatile long countingNanos;

    /** The folding of a plan. */
    public FoldFunction(JobPlan plan) {
        this.plan = plan;
    }

    @Override
    @SuppressWarnings("deprecation")
    public void open(OpenContext context) {
        ValueStateDescriptor<ByteBuffer> descriptor = TileState.stored();
        descriptor.setQueryable(TileState.NAME);
        state = getRuntimeContext().getState(descriptor);
        kernel = FoldKernel.best();
        buffers = new TileBuffers();
        turns = new Turns();
        rests = new Rests();
        survey = new TileSurvey(plan, turns);
        tiling = plan.tiling();
        tops = new HashMap<>();
        ownTilesPerTestGroup = ownTilesPerTestGroup();
        getRuntimeContext()
                .getMetricGroup()
                .gauge(COUNTING_MILLIS, () -> TimeUnit.NANOSECONDS.toMillis(countingNanos));
        LOG.info(
                "Counting {} pairs in {} tiles; kernel: {}",
                tiling.pairsInScope(),
                tiling.tileCount(),
                kernel.description());
    }

    @Override
    public void close() {
        // Not there where opening failed.
        if (rests != null) {
            rests.close();
        }
    }

    private int[] ownTilesPerTestGroup() {
        TaskInfo task = getRuntimeContext().getTaskInfo();
        int[] own = new int[tiling.testGroupCount()];
        for (Tiling.Tile tile : tiling.tiles()) {
            int subtask =
                    KeyGroupRangeAssignment.assignKeyToParallelOperator(
                            tile.id(),
                            task.getMaxNumberOfParallelSubtasks(),
                            task.getNumberOfParallelSubtasks());
            if (subtask == task.getIndexOfThisSubtask() && tile.testGroup() != Tiling.NO_GROUP) {
                own[tile.testGroup()]++;
            }
        }
        return own;
    }

    @Override
    public void processElement(TileMessage message, Context context, Collector<TileReport> out)
            throws Exception {
        long begin = System.nanoTime();
        count(message, context, out);
        long counted = System.nanoTime() - begin;
        countingNanos += counted;
        rests.counted(counted);
    }

    private void count(TileMessage message, Context context, Collector<TileReport> out)
            throws IOException {
        Tiling.Tile tile = tiling.tile(message.tile());
        ByteBuffer stored = state.value();
        TileCounts counts =
                stored == null
                        ? new TileCounts(tile.train().length, tile.test().length, buffers)
                        : TileCounts.decode(stored, buffers);
        if (!message.block().isNone()) {
            counts.fold(TileBlock.decode(message.block(), buffers), kernel);
            turns.mayEnd();
            // Copied at once: RocksDB keeps no reference to the bytes.
            state.update(counts.encode(buffers));
            turns.mayEnd();
        }
        if (message.stamp().publish()) {
            publish(tile, message, counts, context, out);
        }
    }

    private void publish(
            Tiling.Tile tile,
            TileMessage message,
            TileCounts counts,
            Context context,
            Collector<TileReport> out) {
        TopInfluences top = top(tile, message);
        out.collect(survey.survey(tile, message.stamp(), counts, top));
        if (tile.testGroup() != Tiling.NO_GROUP
                && top.tiles() == ownTilesPerTestGroup[tile.testGroup()]) {
            context.output(TOP, top.report());
            tops.remove(tile.testGroup());
        }
    }

    private TopInfluences top(Tiling.Tile tile, TileMessage message) {
        TopInfluences begun = tops.get(tile.testGroup());
        if (begun != null && begun.stamp().isSame(message.stamp())) {
            return begun;
        }
        TopInfluences fresh =
                new TopInfluences(
                        tile.testGroup(), tile.test().length, message.stamp(), MOST_PER_TEST);
        tops.put(tile.testGroup(), fresh);
        return fresh;
    }
}
