package dev.longtail.aggregator.publishing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Arrays as the lists that generated records take. */
final class Lists {

    private Lists() {}

    static List<Integer> of(int[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    static List<Long> of(long[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    static List<Double> of(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    static List<Float> of(float[] values) {
        List<Float> list = new ArrayList<>(values.length);
        for (float value : values) {
            list.add(value);
        }
        return list;
    }
}
