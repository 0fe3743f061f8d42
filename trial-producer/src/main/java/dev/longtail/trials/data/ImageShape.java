package dev.longtail.trials.data;

/**
 * The size of one picture; values lie row by row, channels last.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 * @param channels values per pixel: 1 grey, 3 red-green-blue
 */
public record ImageShape(int height, int width, int channels) {

    /**
     * @throws IllegalArgumentException when a size is not positive or the picture has 2^31 values
     */
    public ImageShape {
        if (height < 1 || width < 1 || channels < 1) {
            throw new IllegalArgumentException(
                    "expected positive sizes, found %d x %d x %d"
                            .formatted(height, width, channels));
        }
        Math.multiplyExact(Math.multiplyExact(height, width), channels);
    }

    /** Number of values of one picture. */
    public int length() {
        return height * width * channels;
    }

    @Override
    public String toString() {
        return height + "x" + width + (channels == 1 ? "" : "x" + channels);
    }
}
