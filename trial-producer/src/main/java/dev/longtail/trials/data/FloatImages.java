package dev.longtail.trials.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** Pictures, or any other features, of floating-point values in memory. */
public final class FloatImages implements Images {

    private final ImageShape shape;
    private final float[] values;

    /**
     * Pictures one after the other, rows first, channels last.
     *
     * @param values not copied; must not change
     * @throws IllegalArgumentException when the values are not a whole number of pictures or one is
     *     not finite
     */
    public FloatImages(ImageShape shape, float[] values) {
        if (values.length % shape.length() != 0) {
            throw new IllegalArgumentException(
                    "expected whole pictures of %d values (%s), found %d values"
                            .formatted(shape.length(), shape, values.length));
        }
        for (int k = 0; k < values.length; k++) {
            if (!Float.isFinite(values[k])) {
                throw new IllegalArgumentException(
                        "expected finite values, found %s in example %d"
                                .formatted(values[k], k / shape.length()));
            }
        }
        this.shape = shape;
        this.values = values;
    }

    @Override
    public ImageShape shape() {
        return shape;
    }

    @Override
    public int size() {
        return values.length / shape.length();
    }

    @Override
    public void copyTo(int index, float[] target, int offset) {
        System.arraycopy(values, index * shape.length(), target, offset, shape.length());
    }

    @Override
    public void digest(MessageDigest digest) {
        ByteBuffer bytes = ByteBuffer.allocate(shape.length() * Float.BYTES);
        for (int i = 0; i < size(); i++) {
            bytes.clear();
            bytes.asFloatBuffer().put(values, i * shape.length(), shape.length());
            digest.update(bytes);
        }
    }
}
