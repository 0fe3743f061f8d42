package dev.longtail.trials;

import dev.longtail.trials.data.DataException;
import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.data.Datasets;
import dev.longtail.trials.data.Relabelling;
import dev.longtail.trials.sampling.MaskFile;
import dev.longtail.trials.sampling.SubsetSampler;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/** What is trained on: the data set, and which part of it a trial includes. */
public final class DataSettings {

    @Option(
            names = "--data",
            paramLabel = "DIR|FILE.npz",
            description =
                    "Data set: a directory with MNIST-format IDX files (plain or gzip), CIFAR-10 or CIFAR-100 binary files or pictures in train/CLASS and test/CLASS, or an .npz file with x_train, y_train, x_test, y_test. Without it, digits with a known long tail are generated.")
    private Path data;

    @Option(
            names = "--relabel",
            paramLabel = "FILE",
            description = "Other labels for some training examples, one INDEX,LABEL per line.")
    private Path relabel;

    @Option(
            names = "--exclude",
            paramLabel = "FILE",
            description =
                    "Training examples that no trial includes, one index per line; they stay in the data set under their indices.")
    private Path exclude;

    @Option(
            names = "--sampler",
            paramLabel = "fixed|bernoulli|arbitrary",
            defaultValue = "fixed",
            description =
                    "How a trial's training subset is drawn: fixed takes exactly ratio x n examples, bernoulli each example with probability ratio, arbitrary the ones that --masks says.")
    private String sampler;

    @Option(
            names = "--subset-ratio",
            paramLabel = "RATIO",
            defaultValue = "0.7",
            description = "Share of the training examples in a subset, in (0, 1].")
    private double subsetRatio;

    @Option(
            names = "--masks",
            paramLabel = "FILE.npy",
            description =
                    "For --sampler arbitrary: array [trials, n] of bool or uint8, row k for trial k.")
    private Path masks;

    /**
     * The data set.
     *
     * @throws DataException when it cannot be used
     */
    public Dataset dataset() {
        Dataset dataset = Datasets.open(data);
        return relabel == null ? dataset : Relabelling.apply(dataset, relabel);
    }

    /**
     * The sampler.
     *
     * @throws IllegalArgumentException when there is none of that name or the ratio does not fit
     * @throws DataException when a file that it needs cannot be used
     */
    public SubsetSampler sampler(Dataset dataset) {
        int trainSize = dataset.train().size();
        if (sampler.equals("arbitrary")) {
            return MaskFile.read(masks, trainSize);
        }
        if (exclude == null) {
            return drawing(trainSize);
        }
        Set<Integer> excluded = new HashSet<>(Relabelling.excluded(dataset, exclude));
        int[] allowed = IntStream.range(0, trainSize).filter(i -> !excluded.contains(i)).toArray();
        return new SubsetSampler.Among(allowed, drawing(allowed.length));
    }

    private SubsetSampler drawing(int size) {
        if (sampler.equals("bernoulli")) {
            return new SubsetSampler.Bernoulli(size, subsetRatio);
        }
        return new SubsetSampler.FixedSize(size, (int) Math.round(subsetRatio * size));
    }

    /**
     * Refuses values that no type checks.
     *
     * @throws IllegalArgumentException naming the option
     */
    void validate() {
        if (!List.of("fixed", "bernoulli", "arbitrary").contains(sampler)) {
            throw new IllegalArgumentException(
                    "--sampler: expected fixed, bernoulli or arbitrary, found '" + sampler + "'");
        }
        if (sampler.equals("arbitrary") != (masks != null)) {
            throw new IllegalArgumentException("--masks and --sampler arbitrary need each other");
        }
        if (masks != null && exclude != null) {
            throw new IllegalArgumentException(
                    "--exclude: the masks themselves say which examples are included");
        }
        if (!(subsetRatio > 0 && subsetRatio <= 1)) {
            throw new IllegalArgumentException(
                    "--subset-ratio: expected a value in (0, 1], found " + subsetRatio);
        }
        if (sampler.equals("bernoulli") && subsetRatio == 1) {
            throw new IllegalArgumentException(
                    "--subset-ratio: expected a value in (0, 1) for --sampler bernoulli, found 1");
        }
    }

    /** What changes what a trial learns and stands nowhere else in the description, by name. */
    Map<String, String> meaning(Dataset dataset) {
        Map<String, String> meaning = new TreeMap<>();
        if (exclude != null) {
            meaning.put("exclude", Relabelling.excluded(dataset, exclude).toString());
        }
        if (masks != null) {
            meaning.put("masks", MaskFile.fingerprint(masks));
        }
        return meaning;
    }
}
