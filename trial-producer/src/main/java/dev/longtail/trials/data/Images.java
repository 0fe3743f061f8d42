package dev.longtail.trials.data;

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

    /** Feeds the stored values of all pictures, in order, to a digest. */
    void digest(MessageDigest digest);
}
