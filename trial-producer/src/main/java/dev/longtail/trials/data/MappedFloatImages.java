package dev.longtail.trials.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Pictures, or any other features, of floating-point values in memory-mapped files. */
public final class MappedFloatImages implements Images {

    private final ImageShape shape;
    private final int valueBytes;
    private final ByteBuffer[] parts;
    private final int[] firstOfPart;

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
        this.valueBytes = doublePrecision ? Double.BYTES : Float.BYTES;
        this.parts = new ByteBuffer[parts.size()];
        this.firstOfPart = new int[parts.size() + 1];
        int record = Math.multiplyExact(shape.length(), valueBytes);
        for (int p = 0; p < this.parts.length; p++) {
            ByteBuffer part = parts.get(p).slice().order(ByteOrder.LITTLE_ENDIAN);
            if (part.capacity() % record != 0) {
                throw new IllegalArgumentException(
                        "expected whole pictures of %d bytes (%s), found %d bytes"
                                .formatted(record, shape, part.capacity()));
            }
            this.parts[p] = part;
            this.firstOfPart[p + 1] = Math.addExact(firstOfPart[p], part.capacity() / record);
        }
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
        return firstOfPart[parts.length];
    }

    @Override
    public void copyTo(int index, float[] target, int offset) {
        int part = 0;
        while (index >= firstOfPart[part + 1]) {
            part++;
        }
        int start = (index - firstOfPart[part]) * shape.length() * valueBytes;
        if (valueBytes == Float.BYTES) {
            // Absolute: several threads read the same buffer.
            parts[part]
                    .slice(start, shape.length() * Float.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(target, offset, shape.length());
            return;
        }
        for (int k = 0; k < shape.length(); k++) {
            target[offset + k] = (float) parts[part].getDouble(start + k * Double.BYTES);
        }
    }
}
