package dev.longtail.trials.data;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Pictures of examples for people to look at. */
public final class Thumbnail {

    /** The most bytes a thumbnail has. */
    public static final int MAX_BYTES = 16 * 1024;

    private static final int LARGEST_SIDE = 96;

    private Thumbnail() {}

    /**
     * A PNG of at most {@value #MAX_BYTES} bytes, scaled down where the picture is large.
     *
     * @param images with 1 (grey) or at least 3 (red, green, blue, ...) channels of values 0 to 1
     */
    public static byte[] png(Images images, int index) {
        BufferedImage picture = picture(images, index);
        int side = Math.min(LARGEST_SIDE, Math.max(picture.getWidth(), picture.getHeight()));
        byte[] png = encode(scaled(picture, side));
        while (png.length > MAX_BYTES) {
            side = side * 3 / 4;
            png = encode(scaled(picture, side));
        }
        return png;
    }

    private static BufferedImage picture(Images images, int index) {
        ImageShape shape = images.shape();
        float[] values = new float[shape.length()];
        images.copyTo(index, values, 0);
        boolean colour = shape.channels() >= 3;
        BufferedImage picture =
                new BufferedImage(
                        shape.width(),
                        shape.height(),
                        colour ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                int at = (y * shape.width() + x) * shape.channels();
                if (colour) {
                    picture.setRGB(
                            x,
                            y,
                            level(values[at]) << 16
                                    | level(values[at + 1]) << 8
                                    | level(values[at + 2]));
                } else {
                    picture.getRaster().setSample(x, y, 0, level(values[at]));
                }
            }
        }
        return picture;
    }

    private static int level(float value) {
        return Math.max(0, Math.min(255, Math.round(value * 255)));
    }

    private static BufferedImage scaled(BufferedImage picture, int largestSide) {
        int largest = Math.max(picture.getWidth(), picture.getHeight());
        if (largest <= largestSide) {
            return picture;
        }
        int width = Math.max(1, picture.getWidth() * largestSide / largest);
        int height = Math.max(1, picture.getHeight() * largestSide / largest);
        BufferedImage smaller = new BufferedImage(width, height, picture.getType());
        Graphics2D graphics = smaller.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, 0, 0, width, height, null);
        graphics.dispose();
        return smaller;
    }

    private static byte[] encode(BufferedImage picture) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot encode a thumbnail", e);
        }
        return bytes.toByteArray();
    }
}
