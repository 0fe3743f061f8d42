package dev.longtail.dashboard.answers;

import dev.longtail.dashboard.topics.ExampleStore;
import dev.longtail.estimators.Correlation;
import dev.longtail.schemas.Split;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * How alike two pictures are, pixel by pixel: the correlation of their colours after both were
 * shrunk to {@value #SIDE} x {@value #SIDE}, so that noise and a shift by a pixel count little. 1
 * for the same picture.
 */
final class PictureLikeness {

    private static final int SIDE = 12;
    private static final int CHANNELS = 3;
    private static final long MOST_PIXELS = 4L << 20;

    private PictureLikeness() {}

    /**
     * Likeness of a training and a test example.
     *
     * @return in [-1, 1]; NaN where either has no readable picture
     */
    static double of(ExampleStore examples, int train, int test) {
        return of(picture(examples, Split.TRAIN, train), picture(examples, Split.TEST, test));
    }

    /** Likeness of two pictures; NaN where either is not one, or is of one colour only. */
    static double of(Optional<byte[]> first, Optional<byte[]> second) {
        Optional<double[]> a = first.flatMap(PictureLikeness::decode).map(PictureLikeness::shrunk);
        Optional<double[]> b = second.flatMap(PictureLikeness::decode).map(PictureLikeness::shrunk);
        return a.isEmpty() || b.isEmpty() ? Double.NaN : Correlation.pearson(a.get(), b.get());
    }

    private static Optional<byte[]> picture(ExampleStore examples, Split split, int index) {
        return examples.card(split, index).flatMap(ExampleStore.Card::picture);
    }

    private static Optional<BufferedImage> decode(byte[] picture) {
        try (var in = ImageIO.createImageInputStream(new ByteArrayInputStream(picture))) {
            var readers = ImageIO.getImageReadersByFormatName("png");
            if (!readers.hasNext()) {
                return Optional.empty();
            }
            var reader = readers.next();
            try {
                reader.setInput(in);
                // The bytes come from a topic: a small file may claim to be a huge picture.
                boolean small = (long) reader.getWidth(0) * reader.getHeight(0) <= MOST_PIXELS;
                return small ? Optional.of(reader.read(0)) : Optional.empty();
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // Not a picture: nothing to compare.
        }
    }

    private static double[] shrunk(BufferedImage picture) {
        BufferedImage small = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = small.createGraphics();
        g.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        g.drawImage(picture, 0, 0, SIDE, SIDE, null);
        g.dispose();
        double[] colours = new double[SIDE * SIDE * CHANNELS];
        for (int p = 0; p < SIDE * SIDE; p++) {
            int rgb = small.getRGB(p % SIDE, p / SIDE);
            colours[CHANNELS * p] = rgb >> 16 & 0xff;
            colours[CHANNELS * p + 1] = rgb >> 8 & 0xff;
            colours[CHANNELS * p + 2] = rgb & 0xff;
        }
        return colours;
    }
}
