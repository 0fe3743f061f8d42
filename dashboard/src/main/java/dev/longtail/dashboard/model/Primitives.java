package dev.longtail.dashboard.model;

import java.util.List;

/** Avro's lists of numbers as primitive arrays: a tenth of the memory. */
final class Primitives {

    private Primitives() {}

    static int[] ints(List<Integer> list) {
        int[] array = new int[list.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = list.get(i);
        }
        return array;
    }

    static float[] floats(List<Float> list) {
        float[] array = new float[list.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = list.get(i);
        }
        return array;
    }
}
