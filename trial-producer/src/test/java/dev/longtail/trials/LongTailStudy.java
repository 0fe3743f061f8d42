package dev.longtail.trials;

import dev.longtail.schemas.GroundTruth;
import dev.longtail.schemas.PackedBits;
import dev.longtail.schemas.TwinPair;
import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.training.TrialOutcome;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Counts trials in memory, straight from the paper's formulas, and compares memorization and
 * influence with what was planted.
 */
final class LongTailStudy {

    private final Dataset dataset;
    private final int n;
    private final int tests;
    private final int[] in;
    private final int[] inCorrect;
    private final int[] outCorrect;
    private final int[] correct;
    private final int[][] pairs;
    private int trials;
    private double included;
    private double heldOut;
    private double test;

    LongTailStudy(Dataset dataset) {
        this.dataset = dataset;
        this.n = dataset.train().size();
        this.tests = dataset.test().size();
        this.in = new int[n];
        this.inCorrect = new int[n];
        this.outCorrect = new int[n];
        this.correct = new int[tests];
        this.pairs = new int[n][tests];
    }

    synchronized void count(TrialOutcome outcome) {
        trials++;
        included += outcome.includedAccuracy();
        heldOut += outcome.heldOutAccuracy();
        test += outcome.testAccuracy();
        boolean[] right = PackedBits.unpack(outcome.testCorrect(), tests);
        for (int j = 0; j < tests; j++) {
            correct[j] += right[j] ? 1 : 0;
        }
        for (int i = 0; i < n; i++) {
            boolean own = PackedBits.get(outcome.trainCorrect(), i);
            if (PackedBits.get(outcome.mask(), i)) {
                in[i]++;
                inCorrect[i] += own ? 1 : 0;
                for (int j = 0; j < tests; j++) {
                    pairs[i][j] += right[j] ? 1 : 0;
                }
            } else {
                outCorrect[i] += own ? 1 : 0;
            }
        }
    }

    int trials() {
        return trials;
    }

    double includedAccuracy() {
        return included / trials;
    }

    double memorization(int i) {
        return (double) inCorrect[i] / in[i] - (double) outCorrect[i] / (trials - in[i]);
    }

    double influence(int i, int j) {
        return (double) pairs[i][j] / in[i]
                - (double) (correct[j] - pairs[i][j]) / (trials - in[i]);
    }

    /** Probability that a planted example is memorized more than a typical one. */
    double auc(List<Integer> planted) {
        double[] typical = values(truth().getTypical());
        Arrays.sort(typical);
        double sum = 0;
        for (int i : planted) {
            double value = memorization(i);
            sum += Arrays.stream(typical).map(t -> t < value ? 1 : t == value ? 0.5 : 0).sum();
        }
        return sum / ((double) planted.size() * typical.length);
    }

    double recallOfTwins() {
        List<TwinPair> twins = truth().getNearDuplicates();
        return (double)
                        twins.stream()
                                .filter(t -> isHighInfluence(t.getTrain(), t.getTest()))
                                .count()
                / twins.size();
    }

    boolean isHighInfluence(int i, int j) {
        return memorization(i) >= 0.25 && influence(i, j) >= 0.15;
    }

    String report() {
        long high =
                IntStream.range(0, n)
                        .filter(i -> memorization(i) >= 0.25)
                        .mapToLong(
                                i ->
                                        IntStream.range(0, tests)
                                                .filter(j -> influence(i, j) >= 0.15)
                                                .count())
                        .sum();
        Set<Integer> planted = new HashSet<>(truth().getFlipped());
        planted.addAll(truth().getSeenOnce());
        int[] ranked =
                IntStream.range(0, n)
                        .boxed()
                        .sorted((a, b) -> Double.compare(memorization(b), memorization(a)))
                        .mapToInt(Integer::intValue)
                        .toArray();
        long top = Arrays.stream(ranked).limit(planted.size()).filter(planted::contains).count();
        return """
        trials %d, accuracy included %.4f, held out %.4f, test %.4f
        flips: AUC %.4f, mean mem %.3f; seen once: AUC %.4f, mean mem %.3f (share >= 0.25: %.3f); typical: mean mem %.3f
        twins: recall %.3f, mean mem %.3f, mean infl %.3f; high-influence pairs %d; planted among the top %d: %d
        """
                .formatted(
                        trials,
                        included / trials,
                        heldOut / trials,
                        test / trials,
                        auc(truth().getFlipped()),
                        mean(truth().getFlipped()),
                        auc(truth().getSeenOnce()),
                        mean(truth().getSeenOnce()),
                        Arrays.stream(values(truth().getSeenOnce()))
                                .map(v -> v >= 0.25 ? 1 : 0)
                                .average()
                                .orElse(Double.NaN),
                        mean(truth().getTypical()),
                        recallOfTwins(),
                        mean(truth().getNearDuplicates().stream().map(TwinPair::getTrain).toList()),
                        truth().getNearDuplicates().stream()
                                .mapToDouble(t -> influence(t.getTrain(), t.getTest()))
                                .average()
                                .orElse(Double.NaN),
                        high,
                        planted.size(),
                        top);
    }

    private GroundTruth truth() {
        return dataset.groundTruth().orElseThrow();
    }

    private double mean(List<Integer> examples) {
        return Arrays.stream(values(examples)).average().orElse(Double.NaN);
    }

    private double[] values(List<Integer> examples) {
        return examples.stream().mapToDouble(this::memorization).toArray();
    }
}
