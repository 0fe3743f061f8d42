package dev.longtail.estimators.counting;

import java.util.EnumMap;
import java.util.Map;

/**
 * Arrays that are used again from tile to tile: a fold of a tile would make two megabytes of
 * garbage otherwise, and most tiles have the same size. What was decoded with the same buffers
 * before must not be used any more. Not safe for use by several threads.
 */
public final class TileBuffers {

    /** What an array is for. */
    enum Use {
        OWN,
        CORRECT,
        PAIRS,
        CODED,
        ADDED_OWN,
        MASKS,
        PLANES
    }

    private final Map<Use, int[]> ints = new EnumMap<>(Use.class);
    private byte[] state = {};

    /** An array of this length, whatever is in it. */
    int[] ints(Use use, int length) {
        int[] last = ints.get(use);
        if (last != null && last.length == length) {
            return last;
        }
        int[] fresh = new int[length];
        ints.put(use, fresh);
        return fresh;
    }

    /** An array for the bytes of a state, whatever is in it. */
    byte[] state(int length) {
        if (state.length != length) {
            state = new byte[length];
        }
        return state;
    }
}
