package dev.longtail.trials.training;

import dev.longtail.trials.data.Images;
import dev.longtail.trials.training.ModelSession.Parameter;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Inputs shifted and scaled to mean 0 and standard deviation 1 per channel, as measured on all
 * training pictures (excluded ones too, so that all trials see the same inputs).
 *
 * @param mean per channel
 * @param scale reciprocal of the standard deviation per channel; 1 where that is 0
 */
record Standardization(float[] mean, float[] scale) {

    static Standardization of(Images images) {
        int channels = images.shape().channels();
        double[] sum = new double[channels];
        double[] squares = new double[channels];
        float[] picture = new float[images.shape().length()];
        for (int i = 0; i < images.size(); i++) {
            images.copyTo(i, picture, 0);
            for (int k = 0; k < picture.length; k++) {
                sum[k % channels] += picture[k];
                squares[k % channels] += (double) picture[k] * picture[k];
            }
        }
        double count = (double) images.size() * picture.length / channels;
        float[] mean = new float[channels];
        float[] scale = new float[channels];
        for (int c = 0; c < channels; c++) {
            double average = sum[c] / count;
            double variance = squares[c] / count - average * average;
            mean[c] = (float) average;
            scale[c] = variance > 1e-12 ? (float) (1 / StrictMath.sqrt(variance)) : 1;
        }
        return new Standardization(mean, scale);
    }

    void apply(float[] values, int offset, int length) {
        for (int k = 0; k < length; k++) {
            int channel = k % mean.length;
            values[offset + k] = (values[offset + k] - mean[channel]) * scale[channel];
        }
    }

    /** For saving beside a model. */
    SortedMap<String, Parameter> toParameters() {
        SortedMap<String, Parameter> parameters = new TreeMap<>();
        parameters.put("mean", new Parameter(new long[] {mean.length}, mean));
        parameters.put("scale", new Parameter(new long[] {scale.length}, scale));
        return parameters;
    }

    /** As saved beside a model. */
    static Standardization of(SortedMap<String, Parameter> parameters) {
        return new Standardization(
                parameters.get("mean").values(), parameters.get("scale").values());
    }
}
