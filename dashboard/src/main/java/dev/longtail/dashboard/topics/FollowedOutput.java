package dev.longtail.dashboard.topics;

import dev.longtail.dashboard.model.ExperimentDescription;
import dev.longtail.dashboard.model.OutputModel;
import dev.longtail.dashboard.model.Snapshot;
import dev.longtail.schemas.Convergence;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.JobDescription;
import dev.longtail.schemas.MemorizationBlock;
import dev.longtail.schemas.PairBlock;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.RejectedRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;

/**
 * One job's output as the dashboard sees it: the model that its topics feed, and what goes along.
 */
public final class FollowedOutput implements AutoCloseable {

    private static final RecordCodec<MemorizationBlock> ESTIMATES =
            RecordCodec.of(MemorizationBlock.class);
    private static final RecordCodec<PairBlock> PAIRS = RecordCodec.of(PairBlock.class);
    private static final RecordCodec<Convergence> CONVERGENCE = RecordCodec.of(Convergence.class);
    private static final RecordCodec<JobDescription> JOB = RecordCodec.of(JobDescription.class);
    private static final RecordCodec<RejectedRecord> REJECTED =
            RecordCodec.of(RejectedRecord.class);
    private static final long REJECTED_TAIL = 50;

    private final ExperimentTopics topics;
    private final OutputModel model;
    private final ExampleStore examples;
    private final HistoryIndex history;
    private final TopicFollower follower;
    private volatile long trialRecords = -1;
    private long examplesShown;
    private long examplesBefore;

    FollowedOutput(
            ExperimentTopics topics,
            ExperimentDescription description,
            ExampleStore examples,
            Properties kafka,
            RecordReader reader) {
        this.topics = topics;
        this.model = new OutputModel(topics.output(), description);
        this.examples = examples;
        this.history = new HistoryIndex(reader);
        this.follower =
                new TopicFollower(
                        topics.output(), kafka, handlers(), model::loaded, model::countUnreadable);
        follower.start();
    }

    /** Names of the topics it is read from. */
    public ExperimentTopics topics() {
        return topics;
    }

    /** What is known now. */
    public Snapshot snapshot() {
        return model.snapshot();
    }

    /** Names and pictures. */
    public ExampleStore examples() {
        return examples;
    }

    /** Estimates at earlier trial counts. */
    public HistoryIndex history() {
        return history;
    }

    /** Records ever written to the experiment's trial topic; empty until known. */
    public OptionalLong trialRecords() {
        return trialRecords < 0 ? OptionalLong.empty() : OptionalLong.of(trialRecords);
    }

    void trialRecords(long records) {
        trialRecords = records;
    }

    void describe(ExperimentDescription newer) {
        if (snapshot().description() != newer) {
            model.describe(newer);
        }
    }

    /**
     * Has what was answered without some names and pictures answered anew, once no more of them
     * arrive: while a million are being read, each would be a reason.
     */
    void noticeExamples() {
        long now = examples.records();
        if (now == examplesBefore && now != examplesShown) {
            examplesShown = now;
            model.examplesRead();
        }
        examplesBefore = now;
    }

    @Override
    public void close() {
        follower.close();
    }

    private Map<String, TopicFollower.Followed> handlers() {
        Map<String, TopicFollower.Followed> handlers = new HashMap<>();
        handlers.put(
                topics.estimatesTopic(),
                TopicFollower.Followed.whole(m -> model.put(ESTIMATES.decode(m.value()))));
        handlers.put(topics.historyTopic(), TopicFollower.Followed.whole(history::accept));
        handlers.put(
                topics.pairsTopic(),
                TopicFollower.Followed.whole(m -> model.put(PAIRS.decode(m.value()))));
        handlers.put(
                topics.convergenceTopic(),
                TopicFollower.Followed.whole(m -> model.put(CONVERGENCE.decode(m.value()))));
        handlers.put(
                topics.jobTopic(),
                TopicFollower.Followed.whole(m -> model.put(JOB.decode(m.value()))));
        handlers.put(
                topics.rejectedTopic(),
                TopicFollower.Followed.tail(
                        REJECTED_TAIL, m -> model.put(REJECTED.decode(m.value()))));
        return handlers;
    }
}
