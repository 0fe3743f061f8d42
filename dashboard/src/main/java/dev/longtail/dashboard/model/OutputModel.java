package dev.longtail.dashboard.model;

import dev.longtail.schemas.Convergence;
import dev.longtail.schemas.JobDescription;
import dev.longtail.schemas.MemorizationBlock;
import dev.longtail.schemas.PairBlock;
import dev.longtail.schemas.RejectedRecord;
import dev.longtail.schemas.Split;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What one job has published so far, kept up to date record by record. One thread writes; {@link
 * #snapshot} may be called by any.
 */
public final class OutputModel {

    /** Dead letters that are kept for showing. */
    private static final int MOST_REJECTED = 50;

    private final String output;
    private final ConvergenceSeries convergence = new ConvergenceSeries();
    private final CompleteGroups<GroupEstimates> groups = new CompleteGroups<>();
    private final CompleteGroups<GroupPairs> trainPairs = new CompleteGroups<>();
    private final CompleteGroups<GroupPairs> testPairs = new CompleteGroups<>();
    private final Deque<RejectedRecord> rejected = new ArrayDeque<>();

    private ExperimentDescription description;
    private JobDescription job;
    private boolean loaded;
    private long unreadable;
    private long version;
    private Snapshot newest;

    /**
     * @param output prefix of the job's output topics
     */
    public OutputModel(String output, ExperimentDescription description) {
        this.output = output;
        this.description = description;
    }

    /** Prefix of the job's output topics. */
    public String output() {
        return output;
    }

    /** Takes in a newer description of the experiment. */
    public synchronized void describe(ExperimentDescription newer) {
        description = newer;
        changed();
    }

    /** Takes in the job's introduction. */
    public synchronized void put(JobDescription newer) {
        if (job == null || newer.getAttempt() >= job.getAttempt()) {
            job = newer;
            changed();
        }
    }

    /** Takes in a group's newest estimates. */
    public synchronized void put(MemorizationBlock block) {
        GroupEstimates newer = GroupEstimates.of(block);
        requireInRange(Split.TRAIN, newer.examples());
        if (groups.put(newer)) {
            changed();
        }
    }

    /** Takes in a group's newest pairs. */
    public synchronized void put(PairBlock block) {
        CompleteGroups<GroupPairs> side = block.getSide() == Split.TRAIN ? trainPairs : testPairs;
        if (side.put(GroupPairs.of(block))) {
            changed();
        }
    }

    /** Takes in a convergence record. */
    public synchronized void put(Convergence record) {
        convergence.add(record);
        changed();
    }

    /** Takes in a dead letter. */
    public synchronized void put(RejectedRecord record) {
        rejected.addFirst(record);
        if (rejected.size() > MOST_REJECTED) {
            rejected.removeLast();
        }
        changed();
    }

    /** Tells that names and pictures of examples have arrived, which are kept elsewhere. */
    public synchronized void examplesRead() {
        changed();
    }

    /** Counts a record that could not be read. */
    public synchronized void countUnreadable() {
        unreadable++;
        changed();
    }

    /** Tells that all that stood in the topics at the start has been read. */
    public synchronized void loaded() {
        if (!loaded) {
            loaded = true;
            changed();
        }
    }

    /** What is known now; the same object until something changes. */
    public synchronized Snapshot snapshot() {
        if (newest == null) {
            newest = composed();
        }
        return newest;
    }

    private Snapshot composed() {
        int trainSize = description.size(Split.TRAIN);
        int testSize = description.size(Split.TEST);
        List<Convergence> records = convergence.copy();
        Collection<GroupEstimates> estimates = groups.shown();
        Collection<GroupPairs> ofTrain = trainPairs.shown();
        Collection<GroupPairs> ofTest = testPairs.shown();
        Lazy<PairTable> testTable = new Lazy<>(() -> new PairTable(ofTest, records));
        return new Snapshot(
                version,
                description,
                Optional.ofNullable(job),
                loaded,
                unreadable,
                records,
                List.copyOf(rejected),
                estimates,
                new Lazy<>(() -> new Memorization(trainSize, estimates)),
                new Lazy<>(() -> new PairTable(ofTrain, records)),
                testTable,
                new Lazy<>(() -> TestAccuracy.of(testTable.get(), testSize)));
    }

    private void changed() {
        version++;
        newest = null;
    }

    private void requireInRange(Split split, int[] indices) {
        int size = description.size(split);
        for (int index : indices) {
            if (index < 0 || index >= size) {
                throw new IllegalArgumentException(
                        "expected %s examples from 0 to %d, found %d"
                                .formatted(split, size - 1, index));
            }
        }
    }
}
