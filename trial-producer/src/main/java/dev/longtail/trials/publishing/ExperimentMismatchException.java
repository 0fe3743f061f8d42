package dev.longtail.trials.publishing;

import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.Sampler;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** A worker has other data or settings than the experiment it wants to contribute to. */
public final class ExperimentMismatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_VALUE = 100;

    private ExperimentMismatchException(String message) {
        super(message);
    }

    /**
     * Compares everything that changes what a trial means.
     *
     * @param published as the experiment was first described
     * @param own as this worker would describe it
     * @throws ExperimentMismatchException naming the first field that differs
     */
    public static void check(Experiment published, Experiment own) {
        Map<String, Object> expected = fields(published);
        Map<String, Object> found = fields(own);
        TreeSet<String> options = new TreeSet<>(expected.keySet());
        options.addAll(found.keySet());
        for (String field : options) {
            if (!Objects.equals(expected.get(field), found.get(field))) {
                throw new ExperimentMismatchException(
                        "experiment '%s' exists with another %s: it has %s, this worker has %s. Use the same data and settings, or another --experiment."
                                .formatted(
                                        own.getName(),
                                        field,
                                        shown(expected.get(field)),
                                        shown(found.get(field))));
            }
        }
    }

    private static Map<String, Object> fields(Experiment experiment) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("number of training examples", experiment.getTrainSize());
        fields.put("number of test examples", experiment.getTestSize());
        fields.put("sampler", sampler(experiment.getSampler()));
        fields.put("class names", experiment.getClassNames());
        fields.put("training labels", experiment.getTrainLabels());
        fields.put("test labels", experiment.getTestLabels());
        fields.put("data fingerprint", experiment.getDataFingerprint());
        fields.put("model", experiment.getModel());
        fields.put("optimiser", experiment.getOptimizer());
        fields.put("seed", experiment.getSeed());
        experiment.getSettings().forEach((name, value) -> fields.put("setting " + name, value));
        return fields;
    }

    private static String sampler(Sampler sampler) {
        return switch (sampler.getKind()) {
            case FIXED_SIZE -> "fixed size " + sampler.getSubsetSize();
            case BERNOULLI -> "bernoulli " + sampler.getInclusionProbability();
            case ARBITRARY -> "arbitrary";
        };
    }

    private static String shown(Object value) {
        String text = value == null ? "none" : value.toString();
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
    }
}
