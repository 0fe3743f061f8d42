package dev.longtail.trials.data;

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
        this.shape = shape;
        this.values = values;
        float[] picture = new float[shape.length()];
        for (int i = 0; i < size(); i++) {
            copyTo(i, picture, 0);
            requireFinite(picture, i);
        }
    }

    /**
     * Refuses values without meaning.
     *
     * @param example for the message
     */
    static void requireFinite(float[] values, int example) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException(
                        "expected finite values, found %s in example %d".formatted(value, example));
            }
        }
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
}
