package dev.longtail.aggregator;

import dev.longtail.estimators.counting.PairScope;
import dev.longtail.estimators.counting.TileLimits;
import dev.longtail.schemas.Experiment;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that gives the counters in state their meaning, by name: state of one fingerprint must
 * never be continued under another.
 */
public final class StateFingerprint implements Serializable {

    private static final long serialVersionUID = 1;

    private final LinkedHashMap<String, String> fields;

    private StateFingerprint(Map<String, String> fields) {
        this.fields = new LinkedHashMap<>(fields);
    }

    /** The fingerprint of an experiment and of the options that change what its counters mean. */
    static StateFingerprint of(
            Experiment experiment, PairScope scope, TileLimits limits, boolean convergedOnly) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("experiment", experiment.getName());
        fields.put("trainSize", String.valueOf(experiment.getTrainSize()));
        fields.put("testSize", String.valueOf(experiment.getTestSize()));
        fields.put("sampler", experiment.getSampler().getKind().name());
        fields.put("subsetSize", String.valueOf(experiment.getSampler().getSubsetSize()));
        fields.put(
                "inclusionProbability",
                String.valueOf(experiment.getSampler().getInclusionProbability()));
        fields.put("trainLabels", hash(experiment.getTrainLabels()));
        fields.put("testLabels", hash(experiment.getTestLabels()));
        fields.put("dataFingerprint", experiment.getDataFingerprint());
        fields.put("model", experiment.getModel());
        fields.put("optimizer", experiment.getOptimizer());
        fields.put("settings", new TreeMap<>(experiment.getSettings()).toString());
        fields.put("seed", String.valueOf(experiment.getSeed()));
        fields.put("pairs", describe(scope));
        fields.put("tile-train", String.valueOf(limits.train()));
        fields.put("tile-test", String.valueOf(limits.test()));
        fields.put("converged-only", String.valueOf(convergedOnly));
        return new StateFingerprint(fields);
    }

    private static String describe(PairScope scope) {
        if (scope instanceof PairScope.TestSubset subset) {
            ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * subset.examples().length);
            bytes.asIntBuffer().put(subset.examples());
            return "test-subset of " + subset.examples().length + ", " + sha256(bytes.array());
        }
        return scope instanceof PairScope.All
                ? "all"
                : scope instanceof PairScope.SameClass ? "same-class" : "none";
    }

    private static String hash(List<Integer> labels) {
        if (labels == null) {
            return "none";
        }
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * labels.size());
        labels.forEach(bytes::putInt);
        return sha256(bytes.array());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** As text, one {@code name=value} per line, for {@link #requireSame}. */
    public String asText() {
        StringBuilder text = new StringBuilder();
        fields.forEach(
                (name, value) ->
                        text.append(name)
                                .append('=')
                                .append(value.replace('\n', ' '))
                                .append('\n'));
        return text.toString();
    }

    /**
     * Refuses state of another fingerprint.
     *
     * @param stored {@link #asText} of the job that wrote the state
     * @throws StateMismatchException when they differ, naming the first field that does
     */
    public void requireSame(String stored) {
        Map<String, String> found = new LinkedHashMap<>();
        stored.lines()
                .forEach(
                        line -> {
                            int cut = line.indexOf('=');
                            found.put(line.substring(0, cut), line.substring(cut + 1));
                        });
        fields.forEach(
                (name, value) -> {
                    String before = found.get(name);
                    if (!value.replace('\n', ' ').equals(before)) {
                        throw new StateMismatchException(
                                "the state to be restored was counted with %s = %s, this job is started with %s = %s: counters of both cannot be mixed. Start with the former value, or without the state to count all trials anew"
                                        .formatted(name, before, name, value));
                    }
                });
    }
}
