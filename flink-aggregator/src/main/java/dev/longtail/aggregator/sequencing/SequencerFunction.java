package dev.longtail.aggregator.sequencing;

import dev.longtail.aggregator.JobPlan;
import dev.longtail.aggregator.folding.RestedTime;
import dev.longtail.aggregator.publishing.JobAnnouncement;
import dev.longtail.aggregator.publishing.OutputRecord;
import dev.longtail.aggregator.sequencing.ArrivalWatch.Arrivals;
import dev.longtail.aggregator.validation.CheckedRecord;
import dev.longtail.aggregator.validation.ReceivedTrial;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Gives every distinct trial its running number and sends the trials to the tiles in blocks. All
 * records have one key, because numbers need one place where they are given.
 *
 * <ol>
 *   <li>The first trial of an id wins. A later one is a duplicate or, with other vectors, a
 *       conflict; both are counted and neither reaches a tile.
 *   <li>Trials wait in state until B are pending or a refresh is due, then go out as the next
 *       block: it is prepared and sent tile by tile in steps short enough for barriers to pass in
 *       between, the place in the block being part of the state.
 *   <li>After a restore everything is published anew under a higher attempt, so that what the lost
 *       attempt had published after the checkpoint does not stay; and once more two minutes later
 *       as yet another attempt, since tasks that were cut off or paused may have published behind
 *       the first.
 *   <li>At the end of a bounded input, and when a job is drained, the last partial block is counted
 *       and published.
 * </ol>
 */
public final class SequencerFunction
        extends KeyedProcessFunction<Integer, CheckedRecord, TileMessage>
        implements CheckpointedFunction {

    /** The key of all records. */
    public static final Integer KEY = 0;

    /** What is known about the run, for the convergence records. */
    public static final OutputTag<Progress> PROGRESS = new OutputTag<>("progress", Progress.TYPE);

    /** The job's description, sent by every attempt. */
    public static final OutputTag<OutputRecord> JOB = new OutputTag<>("job", OutputRecord.TYPE);

    private static final long LONGEST_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONGEST_TICK_MILLIS = 250;

    /** Between two looks for room: the buffers to a task hold more than it counts meanwhile. */
    private static final long ROOM_TICK_MILLIS = 1;

    /** Longer than Flink's heartbeat timeout: tasks of the attempt before have ended by then. */
    private static final long LEFTOVERS_MILLIS = TimeUnit.MINUTES.toMillis(2);

    private final JobPlan plan;
    private final boolean waitsForBacklog;
    private final long stepNanos;

    private transient MapState<String, byte[]> seen;
    private transient MapState<Long, byte[]> pending;
    private transient ValueState<byte[]> books;
    private transient ListState<String> fingerprint;
    private transient Ledger ledger;
    private transient BlockPreparation preparation;

    /** Of the block that is being sent, once it is prepared. */
    private transient BlockSender sender;

    private transient Map<SendingOrder.Kind, SendingOrder> orders;
    private transient Tally reportedTally;
    private transient BooleanSupplier hasRoom;
    private transient long nextTimer;
    private transient RefreshClock clock;
    private transient long leftoversGone;
    private transient ArrivalWatch arrivalWatch;

    /** Whether trials came since the start, none of which was sent yet. */
    private transient boolean isCatchingUp;

    /** Whether anything was sent since the start. */
    private transient boolean hasSent;

    /**
     * The sequencer of a plan.
     *
     * @param waitsForBacklog whether nothing is published while old trials are read; not where
     *     somebody replays them to watch
     */
    public SequencerFunction(JobPlan plan, boolean waitsForBacklog) {
        this(plan, waitsForBacklog, LONGEST_STEP_NANOS);
    }

    /**
     * The same.
     *
     * @param stepNanos after which a step of preparing or sending ends with what it is at
     */
    SequencerFunction(JobPlan plan, boolean waitsForBacklog, long stepNanos) {
        this.plan = plan;
        this.waitsForBacklog = waitsForBacklog;
        this.stepNanos = stepNanos;
    }

    /**
     * Ends steps of sending where there is no room for what they send, which they do not otherwise;
     * to be called before {@link #open}.
     *
     * @param hasRoom whether a tile can be sent without waiting
     */
    void sendWhile(BooleanSupplier hasRoom) {
        this.hasRoom = hasRoom;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        fingerprint =
                context.getOperatorStateStore()
                        .getUnionListState(new ListStateDescriptor<>("fingerprint", Types.STRING));
        try {
            for (String stored : fingerprint.get()) {
                plan.fingerprint().requireSame(stored);
            }
        } catch (IllegalStateException e) {
            // Trying again would find the same.
            throw new SuppressRestartsException(e);
        }
        fingerprint.update(List.of(plan.fingerprint().asText()));
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
        // All state is up to date at any time.
    }

    @Override
    public void open(OpenContext context) {
        var bytes = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
        seen =
                getRuntimeContext()
                        .getMapState(new MapStateDescriptor<>("seen", Types.STRING, bytes));
        pending =
                getRuntimeContext()
                        .getMapState(new MapStateDescriptor<>("pending", Types.LONG, bytes));
        books = getRuntimeContext().getState(new ValueStateDescriptor<>("ledger", bytes));
        orders = new EnumMap<>(SendingOrder.Kind.class);
        if (hasRoom == null) {
            hasRoom = () -> true;
        }
        registerMetrics(getRuntimeContext().getMetricGroup());
    }

    private void registerMetrics(MetricGroup metrics) {
        metrics.gauge("trialsReceived", () -> known(books -> books.tally.received()));
        metrics.gauge("trialsCounted", () -> known(books -> books.trials));
        metrics.gauge("trialsPending", () -> known(books -> books.pending));
        metrics.gauge("recordsRejected", () -> known(books -> books.tally.rejected()));
        metrics.gauge("duplicates", () -> known(books -> books.tally.duplicates()));
        metrics.gauge("conflicts", () -> known(books -> books.tally.conflicts()));
        metrics.gauge(
                "trialsLeftOut",
                () -> plan.convergedOnly() ? known(books -> books.tally.notConverged()) : 0L);
        metrics.gauge("lastBlockSendingMillis", this::lastSendingMillis);
    }

    /** Metrics are asked for by other threads, also before the first record. */
    private long known(ToLongFunction<Ledger> figure) {
        Ledger current = ledger;
        return current == null ? 0 : figure.applyAsLong(current);
    }

    private long lastSendingMillis() {
        RefreshClock current = clock;
        return current == null ? 0 : current.lastSendingMillis();
    }

    @Override
    public void processElement(CheckedRecord record, Context context, Collector<TileMessage> out)
            throws Exception {
        ensureStarted(context);
        if (record instanceof ReceivedTrial trial) {
            receive(trial);
            Long published = context.timestamp();
            if (waitsForBacklog && published != null && published >= 0) {
                clock.arrived(now(context), published);
            }
        } else {
            ledger.tally = ledger.tally.plusRejected();
        }
        if (ledger.isSending()) {
            // A barrier waits behind the trials before it: they are taken in at once as long as the
            // next block is less than half full. From then on a step of the preparation is done
            // with each, and as many tiles go out with it as it takes to be done before that block
            // is full: slows the source down to the speed of the tiles, so that pending trials stay
            // bounded.
            if (ledger.pending - ledger.sendingTrials > plan.pacing().blockSize() / 2) {
                if (sender == null) {
                    prepare(ledger.sendingStamp(), System.nanoTime(), stepNanos, context);
                } else {
                    // Flink found room for the first before it handed the trial over.
                    sendTiles(tilesPerTrial(), Long.MAX_VALUE, () -> true, context, out);
                }
            }
        } else if (ledger.pending >= plan.pacing().blockSize()) {
            beginSending(clock.isDue(now(context)), context);
        }
        books.update(ledger.encode());
        setTimer(context);
    }

    private void receive(ReceivedTrial trial) throws Exception {
        byte[] before = seen.get(trial.id());
        if (before != null) {
            ledger.tally =
                    Arrays.equals(before, trial.digest())
                            ? ledger.tally.plusDuplicate()
                            : ledger.tally.plusConflict();
            return;
        }
        seen.put(trial.id(), trial.digest());
        ledger.tally = ledger.tally.plusReceived(trial.converged());
        if (trial.converged() || !plan.convergedOnly()) {
            pending.put(ledger.trials + ledger.pending, PendingTrial.encode(trial));
            ledger.pending++;
            isCatchingUp |= !hasSent;
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<TileMessage> out)
            throws Exception {
        ensureStarted(context);
        if (context.timeDomain() == TimeDomain.EVENT_TIME) {
            finish(context, out);
        } else if (time >= nextTimer) {
            nextTimer = 0;
            if (sender != null && !hasRoom.getAsBoolean()) {
                // Looks again; there is nothing to note meanwhile.
                setTimer(context);
                return;
            }
            step(context, out);
            setTimer(context);
        }
        books.update(ledger.encode());
    }

    private void step(Context context, Collector<TileMessage> out) throws Exception {
        if (ledger.isSending()) {
            sendTiles(plan.tiling().tileCount(), stepNanos, hasRoom, context, out);
            return;
        }
        Arrivals arrivals = arrivalWatch.look(now(context), ledger.pending);
        if (arrivals == Arrivals.PAUSED || arrivals == Arrivals.NONE) {
            clock.paused();
        }
        if (arrivals == Arrivals.FILLING
                || !clock.isDue(now(context)) && !(isCatchingUp && arrivals == Arrivals.PAUSED)) {
            return;
        }
        if (now(context) >= leftoversGone) {
            leftoversGone = Long.MAX_VALUE;
            beginAttempt(context);
        }
        if (ledger.pending > 0 || ledger.isPublicationDue()) {
            beginSending(true, context);
        } else if (!ledger.tally.equals(reportedTally)) {
            clock.published(now(context));
            report(context, idleStamp());
        }
    }

    /** Counts and publishes all that is pending, without interruption: there is no later. */
    private void finish(Context context, Collector<TileMessage> out) throws Exception {
        while (ledger.isSending() || ledger.pending > 0 || ledger.isPublicationDue()) {
            if (!ledger.isSending()) {
                beginSending(ledger.pending <= plan.pacing().blockSize(), context);
            }
            sendTiles(plan.tiling().tileCount(), Long.MAX_VALUE, () -> true, context, out);
        }
        report(context, idleStamp());
    }

    private void beginSending(boolean publishes, Context context) {
        isCatchingUp = false;
        hasSent = true;
        ledger.beginSending((int) Math.min(ledger.pending, plan.pacing().blockSize()), publishes);
        clock.beginSending(now(context));
        beginPreparation();
    }

    private void beginPreparation() {
        sender = null;
        preparation =
                new BlockPreparation(
                        plan, ledger.sendingStamp(), ledger.totals, ledger.sendingTrials);
    }

    /** Whether the block can be sent now. */
    private boolean prepare(BlockStamp stamp, long since, long nanos, Context context)
            throws Exception {
        while (!preparation.isDone()) {
            preparation.step(pending::get);
            if (System.nanoTime() - since >= nanos) {
                return false;
            }
        }
        sender = preparation.sender();
        preparation = null;
        if (stamp.publish()) {
            report(context, stamp);
        }
        return true;
    }

    private void sendTiles(
            int most,
            long nanos,
            BooleanSupplier hasRoom,
            Context context,
            Collector<TileMessage> out)
            throws Exception {
        BlockStamp stamp = ledger.sendingStamp();
        SendingOrder order =
                orders.computeIfAbsent(
                        ledger.sendingOrder, kind -> SendingOrder.of(kind, plan.tiling()));
        long since = System.nanoTime();
        if (sender == null && !prepare(stamp, since, nanos, context)) {
            return;
        }
        int end = (int) Math.min((long) ledger.sentTiles + most, plan.tiling().tileCount());
        while (ledger.sentTiles < end && hasRoom.getAsBoolean()) {
            sender.send(order.tile(ledger.sentTiles++), stamp, out);
            if (System.nanoTime() - since >= nanos) {
                break;
            }
        }
        if (ledger.sentTiles == plan.tiling().tileCount()) {
            endSending(stamp, context);
        }
    }

    private void endSending(BlockStamp stamp, Context context) throws Exception {
        for (long k = 0; k < ledger.sendingTrials; k++) {
            pending.remove(ledger.trials + k);
        }
        ledger.endSending(sender.totalsAfter());
        sender = null;
        clock.endSending(now(context), stamp.publish());
    }

    private int tilesPerTrial() {
        return 4 * plan.tiling().tileCount() / plan.pacing().blockSize() + 1;
    }

    private BlockStamp idleStamp() {
        return new BlockStamp(ledger.attempt, ledger.block, ledger.trials, false, false);
    }

    private void report(Context context, BlockStamp stamp) {
        TrialTotals totals = stamp.publish() ? sender.totalsAfter() : ledger.totals;
        context.output(PROGRESS, new Progress(stamp, ledger.tally, totals));
        reportedTally = ledger.tally;
    }

    /** Keyed state can only be read once there is a key: at the first record or timer. */
    private void ensureStarted(Context context) throws Exception {
        if (ledger != null) {
            return;
        }
        byte[] stored = books.value();
        // A job that has to catch up would publish a few trials first, at the price of them all: it
        // waits until no more come, or until a refresh is due.
        clock = new RefreshClock(plan.pacing(), RestedTime.shared()::millis, now(context));
        arrivalWatch = new ArrivalWatch(plan.pacing());
        ledger = stored == null ? new Ledger() : Ledger.decode(stored);
        ledger.repeatHistory();
        beginAttempt(context);
        if (ledger.isSending()) {
            clock.resumeSending(now(context));
            beginPreparation();
        }
        leftoversGone = now(context) + LEFTOVERS_MILLIS;
        context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
    }

    private void beginAttempt(Context context) {
        // The clock makes attempts of a job that was started anew without state higher, too.
        ledger.attempt = Math.max(ledger.attempt + 1, now(context));
        context.output(JOB, JobAnnouncement.ofAttempt(plan, ledger.attempt, getRuntimeContext()));
    }

    /** One timer at a time: at once while a block can be sent, else at the next look. */
    private void setTimer(Context context) {
        long now = now(context);
        long due = now + pauseMillis();
        if (nextTimer <= 0 || due < nextTimer && now < nextTimer) {
            nextTimer = due;
            context.timerService().registerProcessingTimeTimer(due);
        }
    }

    private long pauseMillis() {
        if (!ledger.isSending()) {
            return Math.min(plan.pacing().refreshMillis(), LONGEST_TICK_MILLIS);
        }
        return hasRoom.getAsBoolean() ? 0 : ROOM_TICK_MILLIS;
    }

    private static long now(Context context) {
        return context.timerService().currentProcessingTime();
    }
}
