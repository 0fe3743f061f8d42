package dev.longtail.trials.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Training or test examples.
 *
 * @param images one picture per example
 * @param labels one label per example, from 0; must not be changed
 * @param names one name per example, or empty where they have none
 */
public record ExampleSet(Images images, int[] labels, List<String> names) {

    /**
     * @throws IllegalArgumentException when the numbers of pictures, labels and names differ or a
     *     label is negative
     */
    public ExampleSet {
        names = List.copyOf(names);
        if (labels.length != images.size()) {
            throw new IllegalArgumentException(
                    "expected one label per picture, found %d labels and %d pictures"
                            .formatted(labels.length, images.size()));
        }
        if (!names.isEmpty() && names.size() != labels.length) {
            throw new IllegalArgumentException(
                    "expected one name per picture or none, found %d names and %d pictures"
                            .formatted(names.size(), labels.length));
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0) {
                throw new IllegalArgumentException(
                        "expected labels from 0, found %d at example %d".formatted(labels[i], i));
            }
        }
    }

    /** Number of examples. */
    public int size() {
        return labels.length;
    }

    /** Name of an example; empty where it has none. */
    public String name(int index) {
        return names.isEmpty() ? "" : names.get(index);
    }

    /** The first examples, as many as there are at most. */
    ExampleSet first(int examples) {
        int size = Math.min(examples, size());
        ImageShape shape = images.shape();
        float[] values = new float[size * shape.length()];
        for (int i = 0; i < size; i++) {
            images.copyTo(i, values, i * shape.length());
        }
        return new ExampleSet(
                new FloatImages(shape, values),
                Arrays.copyOf(labels, size),
                names.isEmpty() ? names : names.subList(0, size));
    }

    /** The largest label, -1 for an empty set. */
    public int largestLabel() {
        return IntStream.of(labels).max().orElse(-1);
    }
}
