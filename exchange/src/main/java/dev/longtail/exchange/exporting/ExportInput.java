package dev.longtail.exchange.exporting;

import dev.longtail.estimators.Estimate;
import dev.longtail.estimators.InOutCounts;
import dev.longtail.exchange.counting.CountedRectangle;
import dev.longtail.exchange.counting.TrialCounter;
import dev.longtail.exchange.numpy.NpzWriter;
import dev.longtail.schemas.Experiment;
import java.io.IOException;
import java.util.List;

/**
 * What an export is made of. Everything is from the same trials.
 *
 * @param experiment sizes and labels
 * @param convergedOnly whether trials that did not converge are left out, which changes what is
 *     estimated
 * @param counter counts of the trials
 * @param names names of the examples
 * @param thresholds which pairs are of high influence
 */
public record ExportInput(
        Experiment experiment,
        boolean convergedOnly,
        TrialCounter counter,
        ExampleNames names,
        PairThresholds thresholds) {

    /** Name of the array or column that says whether trials were left out by their outcome. */
    public static final String CONVERGED_ONLY = "converged_only";

    private static final int UNKNOWN_LABEL = -1;

    /** Where the names of the examples come from; asked only by formats that have them. */
    public interface ExampleNames {

        /** Name of every training example, empty where it has none. */
        List<String> train() throws IOException;

        /** Name of every test example, empty where it has none. */
        List<String> test() throws IOException;
    }

    /**
     * The paper's rule for pairs of high influence.
     *
     * @param memorization least mem(i)
     * @param influence least infl(i, j)
     */
    public record PairThresholds(double memorization, double influence) {}

    /** t, the number of trials that everything is from. */
    int trials() {
        return counter.trials().trials();
    }

    /**
     * Writes what all values of an archive are from: {@code trials} int64 and {@code
     * converged_only} bool, both of shape [].
     */
    void writeOrigin(NpzWriter npz) throws IOException {
        npz.scalar("trials", trials());
        npz.flag(CONVERGED_ONLY, convergedOnly);
    }

    /** n. */
    int trainSize() {
        return experiment.getTrainSize();
    }

    /** n'. */
    int testSize() {
        return experiment.getTestSize();
    }

    /** Label of every training example, -1 where labels are unknown. */
    int[] trainLabels() {
        return labels(experiment.getTrainLabels(), trainSize());
    }

    /** Label of every test example, -1 where labels are unknown. */
    int[] testLabels() {
        return labels(experiment.getTestLabels(), testSize());
    }

    private static int[] labels(List<Integer> labels, int size) {
        int[] values = new int[size];
        for (int i = 0; i < size; i++) {
            values[i] = labels == null ? UNKNOWN_LABEL : labels.get(i);
        }
        return values;
    }

    /** mem(i) of every training example. */
    static double[] memorization(CountedRectangle own) {
        double[] values = new double[own.rectangle().train().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(own.own(i));
        }
        return values;
    }

    /** The estimate that follows from counts, NaN where it is undefined. */
    static double value(InOutCounts counts) {
        return Estimate.of(counts).value();
    }
}
