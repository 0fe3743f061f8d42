package dev.longtail.aggregator.publishing;

import dev.longtail.aggregator.JobPlan;
import dev.longtail.aggregator.sequencing.BlockStamp;
import dev.longtail.aggregator.sequencing.Progress;
import dev.longtail.aggregator.sequencing.Tally;
import dev.longtail.schemas.Convergence;
import dev.longtail.schemas.RecordCodec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.legacy.YieldingOperatorFactory;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Joins the reports of all train groups with the sequencer's announcement of the publication and
 * sends one convergence record per publication; and again, with newer numbers of records, when
 * records came without a publication.
 *
 * <p>An operator of its own kind, because the figures of a million examples take seconds: a thread
 * beside the task makes them, so that checkpoints pass meanwhile. They are in no state: what a
 * checkpoint passes by, a restored job publishes anew.
 */
final class ConvergenceOperator extends AbstractStreamOperator<OutputRecord>
        implements TwoInputStreamOperator<Progress, GroupReport, OutputRecord> {

    private static final long serialVersionUID = 1L;

    /**
     * Publications whose figures are being made or wait for it. When they come faster than their
     * figures are made, the task waits, so that whoever publishes does.
     */
    private static final int MOST_BEING_MADE = 2;

    private final transient JobPlan plan;
    private final transient MailboxExecutor mailbox;
    private final transient ExecutorService worker;
    private final transient RecordCodec<Convergence> codec = RecordCodec.of(Convergence.class);
    private final transient PublicationJoin<GroupReport> groups = new PublicationJoin<>();
    private final transient TreeMap<BlockStamp, Progress> announced = new TreeMap<>();
    private final transient TreeMap<BlockStamp, List<GroupReport>> complete = new TreeMap<>();
    private final transient ConvergenceStatistics statistics;
    private transient Convergence last;

    /** Publications whose figures are being made. */
    private transient int beingMade;

    /** Numbers of records that are newer than the newest publication's; null when none came. */
    private transient Tally newer;

    /**
     * An operator of a task.
     *
     * @param mailbox of the task
     * @param worker makes the figures of one publication after the other; shut down with the
     *     operator
     */
    ConvergenceOperator(
            StreamOperatorParameters<OutputRecord> parameters,
            JobPlan plan,
            MailboxExecutor mailbox,
            ExecutorService worker) {
        super(parameters);
        this.plan = plan;
        this.mailbox = mailbox;
        this.worker = worker;
        this.statistics = new ConvergenceStatistics(plan);
    }

    @Override
    public void processElement1(StreamRecord<Progress> element) throws InterruptedException {
        Progress progress = element.getValue();
        if (progress.stamp().publish()) {
            announced.put(progress.stamp(), progress);
            newer = null;
            publish(progress.stamp());
            return;
        }
        newer = progress.tally();
        if (last != null && beingMade == 0) {
            last = ConvergenceStatistics.withTally(last, newer);
            send(last);
        } else if (last == null && progress.stamp().block() == 0) {
            send(statistics.beforeTheFirstTrial(progress));
        }
    }

    @Override
    public void processElement2(StreamRecord<GroupReport> element) throws InterruptedException {
        GroupReport group = element.getValue();
        Optional<List<GroupReport>> all =
                groups.add(group.stamp(), group, 1, plan.tiling().trainGroupCount());
        if (all.isPresent()) {
            complete.put(group.stamp(), all.get());
            publish(group.stamp());
        }
    }

    private void publish(BlockStamp stamp) throws InterruptedException {
        Progress progress = announced.get(stamp);
        List<GroupReport> reports = complete.get(stamp);
        if (progress == null || reports == null) {
            return;
        }
        announced.headMap(stamp, true).clear();
        complete.headMap(stamp, true).clear();
        while (beingMade == MOST_BEING_MADE) {
            mailbox.yield();
        }
        beingMade++;
        worker.execute(() -> make(progress, reports));
    }

    /** By the worker, one publication after the other. */
    private void make(Progress progress, List<GroupReport> reports) {
        ThrowingRunnable<Exception> then;
        try {
            Convergence convergence = statistics.of(progress, reports);
            then = () -> made(convergence);
        } catch (RuntimeException | Error e) {
            then =
                    () -> {
                        beingMade--;
                        throw new IllegalStateException(
                                "the figures of a publication cannot be made", e);
                    };
        }
        try {
            mailbox.execute(then, "figures of a publication");
        } catch (RejectedExecutionException e) {
            // The task has ended; its successor publishes anew.
            LOG.debug("Nobody takes the figures of {}", progress.stamp(), e);
        }
    }

    private void made(Convergence convergence) {
        beingMade--;
        last = newer == null ? convergence : ConvergenceStatistics.withTally(convergence, newer);
        send(last);
    }

    private void send(Convergence convergence) {
        convergence.setEmittedAt(
                Instant.ofEpochMilli(getProcessingTimeService().getCurrentProcessingTime()));
        output.collect(
                new StreamRecord<>(
                        OutputRecord.of(
                                plan.topics().convergenceTopic(),
                                plan.experiment(),
                                codec.encode(convergence))));
    }

    @Override
    public void finish() throws Exception {
        while (beingMade > 0) {
            mailbox.yield();
        }
        super.finish();
    }

    @Override
    public void close() throws Exception {
        worker.shutdownNow();
        super.close();
    }

    /** Makes the operator where it runs. */
    static final class Factory extends AbstractStreamOperatorFactory<OutputRecord>
            implements TwoInputStreamOperatorFactory<Progress, GroupReport, OutputRecord>,
                    YieldingOperatorFactory<OutputRecord> {

        private static final long serialVersionUID = 1L;

        private final JobPlan plan;

        Factory(JobPlan plan) {
            this.plan = plan;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T extends StreamOperator<OutputRecord>> T createStreamOperator(
                StreamOperatorParameters<OutputRecord> parameters) {
            return (T) new ConvergenceOperator(parameters, plan, getMailboxExecutor(), newWorker());
        }

        private static ExecutorService newWorker() {
            return Executors.newSingleThreadExecutor(
                    task -> {
                        Thread thread = new Thread(task, "convergence statistics");
                        thread.setDaemon(true);
                        return thread;
                    });
        }

        @Override
        @SuppressWarnings("rawtypes")
        public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
            return ConvergenceOperator.class;
        }
    }
}
