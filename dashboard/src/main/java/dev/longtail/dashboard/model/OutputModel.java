package dev.longtail.dashboard.model;

import dev.longtail.schemas.Convergence;
import dev.longtail.schemas.JobDescription;
import dev.longtail.schemas.MemorizationBlock;
import dev.longtail.schemas.PairBlock;
import dev.longtail.schemas.RejectedRecord;
import dev.longtail.schemas.Split;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one job has published so far, kept up to date record by record. One thread writes; {@link
 * #snapshot} may be called by any.
 */
public final class OutputModel {

    /** Dead letters that are kept for showing. */
    private static final int MOST_REJECTED = 50;

    private final String output;
    private final ConvergenceSeries convergence = new ConvergenceSeries();
    private final TreeMap<Integer, GroupEstimates> groups = new TreeMap<>();
    private final TreeMap<Integer, GroupPairs> trainPairs = new TreeMap<>();
    private final TreeMap<Integer, GroupPairs> testPairs = new TreeMap<>();
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
        requireInRange(newer.examples());
        if (newer.supersedes(groups.get(newer.group()))) {
            // Another number of groups is another layout: the old one's groups would overlap.
            groups.values().removeIf(old -> old.groups() != newer.groups());
            groups.put(newer.group(), newer);
            changed();
        }
    }

    /** Takes in a group's newest pairs. */
    public synchronized void put(PairBlock block) {
        GroupPairs newer = GroupPairs.of(block);
        TreeMap<Integer, GroupPairs> side = block.getSide() == Split.TRAIN ? trainPairs : testPairs;
        if (newer.supersedes(side.get(newer.group()))) {
            side.values().removeIf(old -> old.groups() != newer.groups());
            side.put(newer.group(), newer);
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
            List<GroupEstimates> estimates = List.copyOf(groups.values());
            int trainSize = description.experiment().getTrainSize();
            newest =
                    new Snapshot(
                            version,
                            description,
                            Optional.ofNullable(job),
                            loaded,
                            unreadable,
                            convergence.copy(),
                            List.copyOf(rejected),
                            estimates,
                            List.copyOf(trainPairs.values()),
                            List.copyOf(testPairs.values()),
                            new Lazy<>(() -> new Memorization(trainSize, estimates)));
        }
        return newest;
    }

    private void changed() {
        version++;
        newest = null;
    }

    private void requireInRange(int[] examples) {
        int trainSize = description.experiment().getTrainSize();
        for (int i : examples) {
            if (i < 0 || i >= trainSize) {
                throw new IllegalArgumentException(
                        "expected training examples 0 to %d, found %d".formatted(trainSize - 1, i));
            }
        }
    }
}
