package dev.longtail.aggregator.publishing;

import dev.longtail.aggregator.JobPlan;
import dev.longtail.aggregator.sequencing.BlockStamp;
import dev.longtail.aggregator.sequencing.Progress;
import dev.longtail.schemas.Convergence;
import dev.longtail.schemas.RecordCodec;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Joins the reports of all train groups with the sequencer's announcement of the publication and
 * sends one convergence record per publication; and again, with newer numbers of records, when
 * records came without a publication.
 */
final class ConvergenceFunction extends CoProcessFunction<Progress, GroupReport, OutputRecord> {

    private final JobPlan plan;
    private transient RecordCodec<Convergence> codec;
    private transient PublicationJoin<GroupReport> groups;
    private transient TreeMap<BlockStamp, Progress> announced;
    private transient TreeMap<BlockStamp, List<GroupReport>> complete;
    private transient ConvergenceStatistics statistics;
    private transient Convergence last;

    ConvergenceFunction(JobPlan plan) {
        this.plan = plan;
    }

    @Override
    public void open(OpenContext context) {
        codec = RecordCodec.of(Convergence.class);
        groups = new PublicationJoin<>();
        announced = new TreeMap<>();
        complete = new TreeMap<>();
        statistics = new ConvergenceStatistics(plan);
    }

    @Override
    public void processElement1(Progress progress, Context context, Collector<OutputRecord> out) {
        if (progress.stamp().publish()) {
            announced.put(progress.stamp(), progress);
            publish(progress.stamp(), context, out);
        } else if (last == null) {
            if (progress.stamp().block() == 0) {
                send(statistics.beforeTheFirstTrial(progress), context, out);
            }
        } else {
            send(ConvergenceStatistics.withTally(last, progress.tally()), context, out);
        }
    }

    @Override
    public void processElement2(GroupReport group, Context context, Collector<OutputRecord> out) {
        groups.add(group.stamp(), group, 1, plan.tiling().trainGroupCount())
                .ifPresent(
                        all -> {
                            complete.put(group.stamp(), all);
                            publish(group.stamp(), context, out);
                        });
    }

    private void publish(BlockStamp stamp, Context context, Collector<OutputRecord> out) {
        Progress progress = announced.get(stamp);
        List<GroupReport> reports = complete.get(stamp);
        if (progress == null || reports == null) {
            return;
        }
        announced.headMap(stamp, true).clear();
        complete.headMap(stamp, true).clear();
        last = statistics.of(progress, reports);
        send(last, context, out);
    }

    private void send(Convergence convergence, Context context, Collector<OutputRecord> out) {
        convergence.setEmittedAt(
                Instant.ofEpochMilli(context.timerService().currentProcessingTime()));
        out.collect(
                OutputRecord.of(
                        plan.topics().convergenceTopic(),
                        plan.experiment(),
                        codec.encode(convergence)));
    }
}
