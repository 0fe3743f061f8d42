package dev.longtail.aggregator.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.longtail.aggregator.JobPlan;
import dev.longtail.aggregator.Pacing;
import dev.longtail.aggregator.RandomTrials;
import dev.longtail.aggregator.Thresholds;
import dev.longtail.aggregator.folding.RowCounters;
import dev.longtail.aggregator.sequencing.BlockStamp;
import dev.longtail.aggregator.sequencing.Progress;
import dev.longtail.aggregator.sequencing.Tally;
import dev.longtail.aggregator.sequencing.TrialTotals;
import dev.longtail.estimators.MemorizationCounts;
import dev.longtail.estimators.counting.PairScope;
import dev.longtail.estimators.counting.TileLimits;
import dev.longtail.schemas.Convergence;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.UndecodableRecordException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.legacy.YieldingOperatorFactory;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What passes while figures are made, in Flink's own harness for operators. */
@Timeout(60)
class ConvergenceOperatorTest {

    private static final int TRAIN = 10;
    private static final Set<Thread.State> WAITING =
            Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    private final JobPlan plan =
            new JobPlan(
                    new RandomTrials("convergence", TRAIN, 6, 1, 1).experiment(),
                    "convergence",
                    new PairScope.None(),
                    new TileLimits(TRAIN, 6),
                    false,
                    Thresholds.DEFAULT,
                    Pacing.DEFAULT);
    private final CountDownLatch held = new CountDownLatch(1);
    private final ExecutorService worker = Executors.newSingleThreadExecutor();
    private AbstractStreamOperatorTestHarness<OutputRecord> harness;

    @BeforeEach
    void open() throws Exception {
        harness = new AbstractStreamOperatorTestHarness<>(new HeldFactory(plan, worker), 1, 1, 0);
        harness.setup(OutputRecord.TYPE.createSerializer(null));
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        held.countDown();
        harness.close();
        assertThat(worker.isShutdown()).isTrue();
    }

    /** Until {@link #held} is counted down no figures are made. */
    private void hold() {
        worker.execute(
                () -> {
                    try {
                        held.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    @Test
    void aCheckpointPassesWhileFiguresAreMade() throws Exception {
        hold();
        announce(1, 5);
        report(1, 5);

        assertThat(harness.snapshot(1, 1).getManagedOperatorState()).isEmpty();
        assertThat(sent()).isEmpty();

        held.countDown();
        harness.getTaskMailbox().take(0).run();
        assertThat(sent()).extracting(Convergence::getTrials).containsExactly(5L);
    }

    @Test
    void newerNumbersOfRecordsAreToldWithTheNewFigures() throws Exception {
        hold();
        announce(1, 5);
        report(1, 5);
        tell(1, 5, 8);
        tell(1, 5, 9);
        assertThat(sent()).isEmpty();

        held.countDown();
        harness.getTaskMailbox().take(0).run();
        assertThat(sent()).extracting(Convergence::getReceived).containsExactly(9L);

        announce(2, 11);
        tell(1, 5, 12);
        report(2, 11);
        harness.getTaskMailbox().take(0).run();
        assertThat(sent()).extracting(Convergence::getTrials).containsExactly(5L, 5L, 11L);
        assertThat(sent()).extracting(Convergence::getReceived).containsExactly(9L, 12L, 12L);
    }

    @Test
    void everyPublicationIsToldInOrderAtTheEnd() throws Exception {
        hold();
        announce(1, 5);
        announce(2, 7);
        report(1, 5);
        report(2, 7);
        held.countDown();

        harness.getOperator().finish();

        assertThat(sent()).extracting(Convergence::getTrials).containsExactly(5L, 7L);
        assertThat(sent())
                .extracting(Convergence::getRankCorrelation)
                .satisfiesExactly(
                        first -> assertThat(first).isNull(),
                        second -> assertThat(second).isBetween(-1.0, 1.0));
    }

    @Test
    void theTaskWaitsWhenPublicationsComeFasterThanTheirFigures() throws Exception {
        hold();
        for (int block = 1; block <= 2; block++) {
            announce(block, 5L * block);
            report(block, 5L * block);
        }
        assertThat(sent()).isEmpty();
        Thread task = Thread.currentThread();
        Thread other =
                new Thread(
                        () -> {
                            await().until(() -> WAITING.contains(task.getState()));
                            held.countDown();
                        });
        other.start();

        announce(3, 15);
        report(3, 15);
        other.join();

        assertThat(sent()).extracting(Convergence::getTrials).startsWith(5L);
        harness.getOperator().finish();
        assertThat(sent()).extracting(Convergence::getTrials).containsExactly(5L, 10L, 15L);
    }

    @Test
    void figuresThatCannotBeMadeFailTheTask() throws Exception {
        announce(1, 5);
        two().processElement2(new StreamRecord<>(group(stamp(1, 5), TRAIN - 1)));

        assertThatThrownBy(() -> harness.getTaskMailbox().take(0).run())
                .hasStackTraceContaining("the figures of a publication cannot be made")
                .hasRootCauseInstanceOf(ArrayIndexOutOfBoundsException.class);
        assertThat(sent()).isEmpty();
    }

    private void announce(long block, long trials) throws Exception {
        two().processElement1(new StreamRecord<>(progress(stamp(block, trials), trials)));
    }

    /** Newer numbers of records, without a publication. */
    private void tell(long block, long trials, long received) throws Exception {
        BlockStamp stamp = new BlockStamp(1, block, trials, false, false);
        two().processElement1(new StreamRecord<>(progress(stamp, received)));
    }

    private void report(long block, long trials) throws Exception {
        two().processElement2(new StreamRecord<>(group(stamp(block, trials), TRAIN)));
    }

    @SuppressWarnings("unchecked")
    private TwoInputStreamOperator<Progress, GroupReport, OutputRecord> two() {
        return (TwoInputStreamOperator<Progress, GroupReport, OutputRecord>)
                (Object) harness.getOperator();
    }

    private List<Convergence> sent() throws UndecodableRecordException {
        RecordCodec<Convergence> codec = RecordCodec.of(Convergence.class);
        List<Convergence> records = new ArrayList<>();
        for (OutputRecord record : harness.extractOutputValues()) {
            records.add(codec.decode(record.value()));
        }
        return records;
    }

    private static BlockStamp stamp(long block, long trials) {
        return new BlockStamp(1, block, trials, true, false);
    }

    private static Progress progress(BlockStamp stamp, long received) {
        return new Progress(stamp, new Tally(received, 0, 0, 0, 0), TrialTotals.NONE);
    }

    private static GroupReport group(BlockStamp stamp, int examples) {
        RowCounters own =
                new RowCounters(
                        counts(stamp.trials(), examples), counts(stamp.trials() / 2, examples));
        return new GroupReport(
                0,
                stamp,
                own,
                new float[examples],
                0,
                0,
                0,
                new int[0],
                new byte[0],
                0,
                0,
                0,
                new double[0]);
    }

    /** Every example in all trials but one; those with an even number always right. */
    private static MemorizationCounts counts(long trials, int examples) {
        int[] in = new int[examples];
        Arrays.fill(in, (int) trials - 1);
        int[] inCorrect = in.clone();
        for (int i = 1; i < examples; i += 2) {
            inCorrect[i]--;
        }
        return new MemorizationCounts(trials, in, inCorrect, new int[examples]);
    }

    /** Makes the operator with a worker that the test can hold. */
    private static final class HeldFactory extends AbstractStreamOperatorFactory<OutputRecord>
            implements TwoInputStreamOperatorFactory<Progress, GroupReport, OutputRecord>,
                    YieldingOperatorFactory<OutputRecord> {

        private static final long serialVersionUID = 1L;

        private final transient JobPlan plan;
        private final transient ExecutorService worker;

        HeldFactory(JobPlan plan, ExecutorService worker) {
            this.plan = plan;
            this.worker = worker;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T extends StreamOperator<OutputRecord>> T createStreamOperator(
                StreamOperatorParameters<OutputRecord> parameters) {
            return (T) new ConvergenceOperator(parameters, plan, getMailboxExecutor(), worker);
        }

        @Override
        @SuppressWarnings("rawtypes")
        public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
            return ConvergenceOperator.class;
        }
    }
}
