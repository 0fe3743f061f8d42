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
    private final MappedRecords records;

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
        this.records =
                new MappedRecords(layout.header() + shape.length(), "pictures of " + shape, parts);
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
        byte[] values = new byte[shape.length()];
        records.get(index).get(layout.header(), values);
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
