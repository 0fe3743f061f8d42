package dev.longtail.dashboard.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longtail.dashboard.model.ExperimentDescription;
import dev.longtail.dashboard.model.PairTable;
import dev.longtail.dashboard.model.Snapshot;
import dev.longtail.dashboard.model.TestAccuracy;
import dev.longtail.estimators.ClassMemorization;
import dev.longtail.schemas.Split;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Memorization and accuracy by class, and how many high-influence pairs lead from which class to
 * which.
 *
 * @param trials that the figures are from
 * @param classes one summary per class
 * @param testAccuracy mean accuracy on the test examples of each class; null where unknown
 * @param labels the classes that the matrix has room for: those with the most memorized examples
 * @param pairs high-influence pairs from one of these classes (row) to one of them (column)
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ClassesAnswer(
        long trials,
        List<ClassMemorization> classes,
        double[] testAccuracy,
        int[] labels,
        long[][] pairs) {

    /**
     * The summary.
     *
     * @param most classes in the matrix
     * @throws IllegalArgumentException when a training example has no label
     */
    public static ClassesAnswer of(Snapshot snapshot, int most) {
        List<ClassMemorization> summaries = ShownClasses.summaries(snapshot);
        int[] labels = ShownClasses.labels(summaries, most);
        return new ClassesAnswer(
                snapshot.memorization().get().trials(),
                summaries,
                testAccuracy(snapshot, summaries.size()),
                labels,
                pairs(snapshot, labels));
    }

    private static double[] testAccuracy(Snapshot snapshot, int classes) {
        TestAccuracy tests = snapshot.testAccuracy().get();
        double[] sums = new double[classes];
        int[] known = new int[classes];
        for (int j = 0; j < tests.correct().length; j++) {
            int label = snapshot.description().label(Split.TEST, j);
            if (tests.isKnown(j) && label >= 0 && label < classes) {
                sums[label] += tests.accuracy(j);
                known[label]++;
            }
        }
        return IntStream.range(0, classes).mapToDouble(c -> sums[c] / known[c]).toArray();
    }

    private static long[][] pairs(Snapshot snapshot, int[] labels) {
        PairTable table = snapshot.trainPairs().get();
        ExperimentDescription description = snapshot.description();
        long[][] pairs = new long[labels.length][labels.length];
        for (int k = 0; k < table.size(); k++) {
            int from = description.label(Split.TRAIN, table.train(k));
            int to = description.label(Split.TEST, table.test(k));
            int row = Arrays.binarySearch(labels, from);
            int column = Arrays.binarySearch(labels, to);
            if (row >= 0 && column >= 0) {
                pairs[row][column]++;
            }
        }
        return pairs;
    }
}
