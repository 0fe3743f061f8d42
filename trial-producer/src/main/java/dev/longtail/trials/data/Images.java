package dev.longtail.trials.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** Pictures of one size. Implementations never change and may be read by several threads. */
public interface Images {

    /** Size of every picture. */
    ImageShape shape();

    /** Number of pictures. */
    int size();

    /**
     * Copies one picture's values, rows first, channels last.
     *
     * @param index of the picture, from 0
     * @param target receives {@code shape().length()} values; bytes come as 0 to 1
     * @param offset of the first value in {@code target}
     */
    void copyTo(int index, float[] target, int offset);

    /** Feeds the values of all pictures, in order, to a digest: as big-endian 32-bit floats. */
    default void digest(MessageDigest digest) {
        float[] values = new float[shape().length()];
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        for (int i = 0; i < size(); i++) {
            copyTo(i, values, 0);
            bytes.clear();
            bytes.asFloatBuffer().put(values);
            digest.update(bytes);
        }
    }
}
