package dev.longtail.dashboard.model;

import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.Split;
import java.util.List;

/**
 * An experiment's description with its labels as arrays.
 *
 * @param experiment the record; its label lists are empty here, to keep them once only
 * @param trainLabels label of each training example; empty where unknown
 * @param testLabels label of each test example; empty where unknown
 */
public record ExperimentDescription(Experiment experiment, int[] trainLabels, int[] testLabels) {

    /** Label of an example whose label is unknown. */
    public static final int NO_LABEL = -1;

    /**
     * The description in a record, whose labels are taken out of it.
     *
     * @throws IllegalArgumentException when labels are given for another number of examples
     */
    public static ExperimentDescription of(Experiment record) {
        int[] train = labels("trainLabels", record.getTrainLabels(), record.getTrainSize());
        int[] test = labels("testLabels", record.getTestLabels(), record.getTestSize());
        record.setTrainLabels(null);
        record.setTestLabels(null);
        return new ExperimentDescription(record, train, test);
    }

    /** The experiment's name. */
    public String name() {
        return experiment.getName();
    }

    /** Number of examples of a split. */
    public int size(Split split) {
        return split == Split.TRAIN ? experiment.getTrainSize() : experiment.getTestSize();
    }

    /** Label of an example, {@link #NO_LABEL} where unknown. */
    public int label(Split split, int index) {
        int[] labels = split == Split.TRAIN ? trainLabels : testLabels;
        return index < labels.length ? labels[index] : NO_LABEL;
    }

    /** Whether the labels of the training examples are known. */
    public boolean hasLabels() {
        return trainLabels.length > 0;
    }

    /** Number of classes: named ones, or as many as the labels tell. */
    public int classes() {
        int seen = 0;
        for (int label : trainLabels) {
            seen = Math.max(seen, label + 1);
        }
        return Math.max(seen, experiment.getClassNames().size());
    }

    private static int[] labels(String field, List<Integer> labels, int size) {
        if (labels == null) {
            return new int[0];
        }
        if (labels.size() != size) {
            throw new IllegalArgumentException(
                    "expected %d labels in '%s', found %d".formatted(size, field, labels.size()));
        }
        return Primitives.ints(labels);
    }
}
