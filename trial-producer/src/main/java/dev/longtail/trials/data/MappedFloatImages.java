package dev.longtail.trials.data;

import java.nio.ByteBuffer;
import java.util.List;

/** Pictures, or any other features, of floating-point values in memory-mapped files. */
public final class MappedFloatImages implements Images {

    private final ImageShape shape;
    private final boolean doublePrecision;
    private final MappedRecords records;

    /**
     * Pictures one after the other, rows first, channels last, little-endian.
     *
     * @param doublePrecision whether a value has 8 bytes instead of 4
     * @param parts not copied; must not change; none splits a picture
     * @throws IllegalArgumentException when a part is not a whole number of pictures or a value is
     *     not finite
     */
    public MappedFloatImages(ImageShape shape, boolean doublePrecision, List<ByteBuffer> parts) {
        this.shape = shape;
        this.doublePrecision = doublePrecision;
        int valueBytes = doublePrecision ? Double.BYTES : Float.BYTES;
        this.records =
                new MappedRecords(
                        Math.multiplyExact(shape.length(), valueBytes),
                        "pictures of " + shape,
                        parts);
        float[] picture = new float[shape.length()];
        for (int i = 0; i < size(); i++) {
            copyTo(i, picture, 0);
            FloatImages.requireFinite(picture, i);
        }
    }

    @Override
    public ImageShape shape() {
        return shape;
    }

    @Override
    public int size() {
        return records.size();
    }

    @Override
    public void copyTo(int index, float[] target, int offset) {
        ByteBuffer record = records.get(index);
        if (!doublePrecision) {
            record.asFloatBuffer().get(target, offset, shape.length());
            return;
        }
        for (int k = 0; k < shape.length(); k++) {
            target[offset + k] = (float) record.getDouble(k * Double.BYTES);
        }
    }
}
