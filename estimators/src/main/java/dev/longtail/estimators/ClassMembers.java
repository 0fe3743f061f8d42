package dev.longtail.estimators;

/** The examples of each class. */
final class ClassMembers {

    private ClassMembers() {}

    /**
     * Positions per class, rising.
     *
     * @param labels classes, each in [0, classes)
     * @param classes number of classes
     * @throws IllegalArgumentException when a label is outside
     */
    static int[][] of(int[] labels, int classes) {
        int[] sizes = new int[classes];
        for (int position = 0; position < labels.length; position++) {
            sizes[require(labels[position], position, classes)]++;
        }
        int[][] members = new int[classes][];
        for (int label = 0; label < classes; label++) {
            members[label] = new int[sizes[label]];
        }
        int[] filled = new int[classes];
        for (int position = 0; position < labels.length; position++) {
            int label = labels[position];
            members[label][filled[label]++] = position;
        }
        return members;
    }

    private static int require(int label, int position, int classes) {
        if (label < 0 || label >= classes) {
            throw new IllegalArgumentException(
                    "expected a label in [0, %d), found %d at position %d"
                            .formatted(classes, label, position));
        }
        return label;
    }
}
