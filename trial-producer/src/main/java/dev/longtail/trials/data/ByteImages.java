package dev.longtail.trials.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** Pictures of unsigned bytes, in memory or in a memory-mapped file. */
public final class ByteImages implements Images {

    private static final float WHITE = 255;

    private final ImageShape shape;
    private final ByteBuffer values;
    private final int size;

    /**
     * Pictures one after the other, rows first, channels last.
     *
     * @param values not copied; must not change
     * @throws IllegalArgumentException when the values are not a whole number of pictures
     */
    public ByteImages(ImageShape shape, ByteBuffer values) {
        if (values.remaining() % shape.length() != 0) {
            throw new IllegalArgumentException(
                    "expected whole pictures of %d bytes (%s), found %d bytes"
                            .formatted(shape.length(), shape, values.remaining()));
        }
        this.shape = shape;
        this.values = values.slice().asReadOnlyBuffer();
        this.size = this.values.capacity() / shape.length();
    }

    @Override
    public ImageShape shape() {
        return shape;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void copyTo(int index, float[] target, int offset) {
        int start = index * shape.length();
        for (int k = 0; k < shape.length(); k++) {
            target[offset + k] = (values.get(start + k) & 0xff) / WHITE;
        }
    }

    @Override
    public void digest(MessageDigest digest) {
        digest.update(values.duplicate());
    }
}
