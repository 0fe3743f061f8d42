package dev.longtail.trials.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;

/**
 * Pictures of unsigned bytes in records of one size, in memory or in memory-mapped files.
 *
 * <pre>
 *   record    header bytes (skipped) | picture
 *   picture   row by row, channels last (HWC), or channel by channel (CHW)
 * </pre>
 */
public final class ByteImages implements Images {

    private static final float WHITE = 255;

    private final ImageShape shape;
    private final Layout layout;
    private final ByteBuffer[] parts;
    private final int[] firstOfPart;

    /**
     * How a picture lies in its record.
     *
     * @param header bytes of a record before the picture
     * @param channelsFirst whether the picture lies channel by channel
     */
    public record Layout(int header, boolean channelsFirst) {

        /** Nothing but pictures, channels last. */
        public static final Layout PLAIN = new Layout(0, false);
    }

    /**
     * Pictures one after the other, rows first, channels last.
     *
     * @param values not copied; must not change
     * @throws IllegalArgumentException when the values are not a whole number of pictures
     */
    public ByteImages(ImageShape shape, ByteBuffer values) {
        this(shape, Layout.PLAIN, List.of(values));
    }

    /**
     * Pictures in several buffers.
     *
     * @param parts not copied; must not change
     * @throws IllegalArgumentException when a part is not a whole number of records
     */
    public ByteImages(ImageShape shape, Layout layout, List<ByteBuffer> parts) {
        this.shape = shape;
        this.layout = layout;
        this.parts = new ByteBuffer[parts.size()];
        this.firstOfPart = new int[parts.size() + 1];
        int record = layout.header() + shape.length();
        for (int p = 0; p < this.parts.length; p++) {
            ByteBuffer part = parts.get(p).slice().asReadOnlyBuffer();
            if (part.capacity() % record != 0) {
                throw new IllegalArgumentException(
                        "expected whole records of %d bytes (pictures of %s), found %d bytes"
                                .formatted(record, shape, part.capacity()));
            }
            this.parts[p] = part;
            this.firstOfPart[p + 1] = Math.addExact(firstOfPart[p], part.capacity() / record);
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
        byte[] values = values(index);
        for (int k = 0; k < values.length; k++) {
            target[offset + k] = (values[k] & 0xff) / WHITE;
        }
    }

    /** As the bytes that are stored. */
    @Override
    public void digest(MessageDigest digest) {
        for (int i = 0; i < size(); i++) {
            digest.update(values(i));
        }
    }

    /** One picture, channels last. */
    private byte[] values(int index) {
        int part = 0;
        while (index >= firstOfPart[part + 1]) {
            part++;
        }
        int length = shape.length();
        int start = (index - firstOfPart[part]) * (layout.header() + length) + layout.header();
        byte[] values = new byte[length];
        parts[part].get(start, values);
        return layout.channelsFirst() && shape.channels() > 1 ? channelsLast(values) : values;
    }

    private byte[] channelsLast(byte[] planes) {
        int channels = shape.channels();
        int pixels = planes.length / channels;
        byte[] values = new byte[planes.length];
        for (int c = 0; c < channels; c++) {
            for (int p = 0; p < pixels; p++) {
                values[p * channels + c] = planes[c * pixels + p];
            }
        }
        return values;
    }
}
