package dev.longtail.schemas;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Names, keys and settings of an experiment's topics.
 *
 * <p>Inputs carry the experiment's name; outputs carry the job's output prefix, which is the
 * experiment's name for its own job and another name for a replay of the same trials.
 *
 * @param experiment name of the experiment, prefix of the input topics
 * @param output prefix of the output topics
 */
public record ExperimentTopics(String experiment, String output) {

    /** Allowed names: short enough that every topic name stays within Kafka's 249 characters. */
    public static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

    /** Suffix of the topic by which consumers discover experiments. */
    public static final String EXPERIMENT_SUFFIX = ".experiment";

    /** Suffix of the topic by which consumers discover jobs, replays included. */
    public static final String JOB_SUFFIX = ".job";

    private static final int KIB = 1024;
    private static final int SMALLEST_MAX_MESSAGE = 1024 * KIB;

    /**
     * @throws IllegalArgumentException when a name does not match {@link #NAME}
     */
    public ExperimentTopics {
        requireName(experiment);
        requireName(output);
    }

    /** The topics of an experiment's own job. */
    public static ExperimentTopics of(String experiment) {
        return new ExperimentTopics(experiment, experiment);
    }

    /** Returns the name, or refuses it. */
    public static String requireName(String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "expected a name that matches " + NAME + ", found '" + name + "'");
        }
        return name;
    }

    /** Compacted: the {@link Experiment}, keyed by its name. */
    public String experimentTopic() {
        return experiment + EXPERIMENT_SUFFIX;
    }

    /** Compacted: {@link Example}s, keyed by {@link #exampleKey}. */
    public String examplesTopic() {
        return experiment + ".examples";
    }

    /** Kept for ever: {@link Trial}s, keyed by trial id. */
    public String trialsTopic() {
        return experiment + ".trials";
    }

    /** Compacted: the newest {@link MemorizationBlock} per group, keyed by {@link #groupKey}. */
    public String estimatesTopic() {
        return output + ".estimates";
    }

    /**
     * Compacted: {@link MemorizationBlock}s at spaced trial counts, keyed by {@link #historyKey}.
     */
    public String historyTopic() {
        return output + ".history";
    }

    /** Compacted: the newest {@link PairBlock} per group and side, keyed by {@link #groupKey}. */
    public String pairsTopic() {
        return output + ".pairs";
    }

    /** {@link Convergence}, one record per refresh. */
    public String convergenceTopic() {
        return output + ".convergence";
    }

    /** Dead letters: {@link RejectedRecord}. */
    public String rejectedTopic() {
        return output + ".rejected";
    }

    /** Compacted: the {@link JobDescription}, keyed by the output prefix. */
    public String jobTopic() {
        return output + JOB_SUFFIX;
    }

    /** The three topics that trainers and importers write. */
    public List<String> inputTopics() {
        return List.of(experimentTopic(), examplesTopic(), trialsTopic());
    }

    /** The topics that the job writes. */
    public List<String> outputTopics() {
        return List.of(
                estimatesTopic(),
                historyTopic(),
                pairsTopic(),
                convergenceTopic(),
                rejectedTopic(),
                jobTopic());
    }

    /** Key of an example: {@code train/17} or {@code test/17}. */
    public static String exampleKey(Split split, int index) {
        return side(split) + "/" + index;
    }

    /** Key of a group's newest value: {@code train-group/5} or {@code test-group/5}. */
    public static String groupKey(Split side, int group) {
        return side(side) + "-group/" + group;
    }

    /** Key of a group's value at one trial count: {@code train-group/5/1024}. */
    public static String historyKey(int group, long trials) {
        return groupKey(Split.TRAIN, group) + "/" + trials;
    }

    private static String side(Split split) {
        return switch (split) {
            case TRAIN -> "train";
            case TEST -> "test";
        };
    }

    /**
     * {@code max.message.bytes} that lets every record of an experiment through: a trial has three
     * bit vectors, the description four bytes per label at most, each with room for the rest, and
     * never less than 1 MiB.
     *
     * @param trainSize n
     * @param testSize n'
     */
    public static int maxMessageBytes(int trainSize, int testSize) {
        long trial = 2L * PackedBits.byteLength(trainSize) + PackedBits.byteLength(testSize);
        long description = 5L * ((long) trainSize + testSize);
        long largest = Math.max(trial, description) + 256L * KIB;
        return (int) Math.min(Integer.MAX_VALUE, Math.max(SMALLEST_MAX_MESSAGE, largest));
    }
}
