package dev.longtail.trials.data;

import dev.longtail.schemas.GroundTruth;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The data of an experiment: what index 17 is, for every part of the system.
 *
 * @param source where it came from, for people: a directory, or a generator and its settings
 * @param train training examples, at least one
 * @param test test examples
 * @param classNames names of the classes by label, one for every label that occurs
 * @param groundTruth what was planted, for generated sets
 */
public record Dataset(
        String source,
        ExampleSet train,
        ExampleSet test,
        List<String> classNames,
        Optional<GroundTruth> groundTruth) {

    /**
     * @throws IllegalArgumentException when there is no training example, the two sets' pictures
     *     differ in size, or a label has no class
     */
    public Dataset {
        classNames = List.copyOf(classNames);
        if (train.size() == 0) {
            throw new IllegalArgumentException(source + ": expected training examples, found none");
        }
        if (!train.images().shape().equals(test.images().shape())) {
            throw new IllegalArgumentException(
                    "%s: expected test pictures of the training pictures' size %s, found %s"
                            .formatted(source, train.images().shape(), test.images().shape()));
        }
        int largest = Math.max(train.largestLabel(), test.largestLabel());
        if (largest >= classNames.size()) {
            throw new IllegalArgumentException(
                    "%s: expected labels below the number of classes %d, found %d"
                            .formatted(source, classNames.size(), largest));
        }
    }

    /** Number of classes. */
    public int classes() {
        return classNames.size();
    }

    /** The first examples of both splits, as many as there are at most. */
    public Dataset first(int examples) {
        return new Dataset(
                source, train.first(examples), test.first(examples), classNames, Optional.empty());
    }

    /**
     * SHA-256 over sizes, pictures, labels and their order, as lower-case hexadecimal: two data
     * sets train the same models exactly when they have the same fingerprint.
     */
    public String fingerprint() {
        MessageDigest digest = sha256();
        digest.update(
                "%s %d %d %d\n"
                        .formatted(train.images().shape(), train.size(), test.size(), classes())
                        .getBytes(StandardCharsets.UTF_8));
        for (ExampleSet set : List.of(train, test)) {
            set.images().digest(digest);
            ByteBuffer labels = ByteBuffer.allocate(set.size() * Integer.BYTES);
            labels.asIntBuffer().put(set.labels());
            digest.update(labels);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
