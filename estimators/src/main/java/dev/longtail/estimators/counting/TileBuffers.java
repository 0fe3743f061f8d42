package dev.longtail.estimators.counting;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/**
 * Arrays that are used again from tile to tile: a fold of a tile would make two megabytes of
 * garbage otherwise. Tiles come in few sizes, for a {@link Tiling} shares examples out evenly, in
 * groups one of which may have one more than another; where pairs are of one class, tiles of one
 * class after the other. What was made with the same buffers before must not be used any more. Not
 * safe for use by several threads.
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

    /** Lengths that are kept per use: groups of both sides may have one example more. */
    private static final int LENGTHS_KEPT = 4;

    /** An eighth more than is needed, for the tile after. */
    private static final int SPARE = 8;

    private final Map<Use, Deque<int[]>> kept = new EnumMap<>(Use.class);
    private ByteBuffer state = ByteBuffer.allocate(0);

    /** An array of this length, whatever is in it. */
    int[] ints(Use use, int length) {
        Deque<int[]> arrays = kept.computeIfAbsent(use, absent -> new ArrayDeque<>(LENGTHS_KEPT));
        for (int[] array : arrays) {
            if (array.length == length) {
                return array;
            }
        }
        if (arrays.size() == LENGTHS_KEPT) {
            arrays.removeFirst();
        }
        int[] fresh = new int[length];
        arrays.addLast(fresh);
        return fresh;
    }

    /** An array of this length of zeros. */
    int[] zeros(Use use, int length) {
        int[] array = ints(use, length);
        Arrays.fill(array, 0);
        return array;
    }

    /**
     * So many bytes for a state, from 0 on, whatever is in them. Nearly every tile has another
     * length.
     */
    ByteBuffer state(int length) {
        if (state.capacity() < length) {
            state = ByteBuffer.allocate(length + length / SPARE);
        }
        return state.clear().limit(length);
    }
}
