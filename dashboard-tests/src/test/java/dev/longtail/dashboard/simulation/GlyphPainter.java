package dev.longtail.dashboard.simulation;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Small pictures of digits, drawn with strokes, each a little different. */
final class GlyphPainter {

    private static final int SIDE = 28;

    /** Strokes of the digits on a square of side 4: x, y pairs; NaN lifts the pen. */
    private static final double[][] STROKES = {
        {2, .5, 3.2, 1.2, 3.2, 2.8, 2, 3.5, .8, 2.8, .8, 1.2, 2, .5},
        {1.2, 1.2, 2.1, .5, 2.1, 3.5},
        {.9, 1.2, 1.6, .5, 2.8, .7, 3, 1.5, .8, 3.5, 3.2, 3.5},
        {.9, .7, 2.4, .5, 3, 1.2, 1.9, 1.9, 3.1, 2.6, 2.5, 3.4, .8, 3.3},
        {2.6, 3.5, 2.6, .5, .7, 2.5, 3.3, 2.5},
        {3, .5, 1.1, .5, 1, 1.8, 2.4, 1.7, 3.1, 2.6, 2.4, 3.5, .9, 3.3},
        {2.8, .5, 1.3, 1.4, .9, 2.7, 1.8, 3.5, 2.9, 3, 2.8, 2.1, 1.7, 1.8, 1, 2.5},
        {.8, .5, 3.2, .5, 1.7, 3.5, Double.NaN, Double.NaN, 1.3, 2, 2.9, 2},
        {
            2, 1.9, 1, 1.3, 1.3, .6, 2.7, .6, 3, 1.3, 2, 1.9, .9, 2.7, 1.3, 3.4, 2.7, 3.4, 3.1, 2.7,
            2, 1.9
        },
        {3, 1.4, 2.2, 2, 1.2, 1.8, 1, 1, 1.8, .5, 2.8, .7, 3, 1.4, 2.7, 3.5},
    };

    private GlyphPainter() {}

    /**
     * A PNG of a digit.
     *
     * @param strangeness 0 for ordinary handwriting, 1 for barely legible
     */
    static byte[] paint(int digit, double strangeness, long seed) {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        AffineTransform shape = new AffineTransform();
        shape.translate(SIDE / 2.0, SIDE / 2.0);
        shape.rotate(random.nextGaussian() * (0.08 + 0.5 * strangeness));
        shape.shear(random.nextGaussian() * (0.1 + 0.4 * strangeness), 0);
        double scale = SIDE / 4.6 * (1 + 0.08 * random.nextGaussian());
        shape.scale(scale * (1 - 0.35 * strangeness * random.nextDouble()), scale);
        shape.translate(-2, -2);
        g.setTransform(shape);
        g.setColor(Color.WHITE);
        g.setStroke(
                new BasicStroke(
                        (float) (0.36 + 0.3 * random.nextDouble() * (0.3 + strangeness)),
                        BasicStroke.CAP_ROUND,
                        BasicStroke.JOIN_ROUND));
        g.draw(path(STROKES[digit], 0.08 + 0.35 * strangeness, random));
        g.dispose();
        return png(image);
    }

    private static Path2D path(double[] points, double jitter, Random random) {
        Path2D path = new Path2D.Double();
        boolean lifted = true;
        for (int k = 0; k < points.length; k += 2) {
            if (Double.isNaN(points[k])) {
                lifted = true;
                continue;
            }
            double x = points[k] + jitter * random.nextGaussian();
            double y = points[k + 1] + jitter * random.nextGaussian();
            if (lifted) {
                path.moveTo(x, y);
            } else {
                path.lineTo(x, y);
            }
            lifted = false;
        }
        return path;
    }

    private static byte[] png(BufferedImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
