package dev.longtail.trials.data.generated;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** Paints strokes with Java2D: no fonts, so the same on a server without any. */
final class GlyphPainter {

    private static final int OVERSAMPLING = 4;
    private static final double MARGIN = 0.06;

    private final int side;
    private final BufferedImage canvas;
    private final Graphics2D graphics;

    /**
     * @param side width and height of the pictures in pixels
     */
    GlyphPainter(int side) {
        this.side = side;
        int large = side * OVERSAMPLING;
        this.canvas = new BufferedImage(large, large, BufferedImage.TYPE_BYTE_GRAY);
        this.graphics = canvas.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(
                RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    }

    /**
     * Paints strokes white on black, then adds noise.
     *
     * @param penWidth in the unit square
     * @param noise standard deviation of the noise, in grey levels of 255
     * @return side x side grey levels, row by row
     */
    byte[] paint(
            List<Stroke> strokes, double penWidth, double noise, UniformRandomProvider random) {
        int large = side * OVERSAMPLING;
        graphics.setColor(Color.BLACK);
        graphics.fillRect(0, 0, large, large);
        graphics.setColor(Color.WHITE);
        graphics.setStroke(
                new BasicStroke(
                        (float) (penWidth * large), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        for (Stroke stroke : strokes) {
            graphics.draw(path(stroke, large));
        }
        var gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        byte[] pixels = new byte[side * side];
        for (int k = 0; k < pixels.length; k++) {
            double grey = average(k / side, k % side) + noise * gaussian.sample();
            pixels[k] = (byte) Math.max(0, Math.min(255, Math.round(grey)));
        }
        return pixels;
    }

    private static Path2D path(Stroke stroke, int large) {
        Path2D path = new Path2D.Double();
        double scale = large * (1 - 2 * MARGIN);
        double shift = large * MARGIN;
        for (Point point : stroke.flattened()) {
            double x = shift + scale * point.x();
            double y = shift + scale * point.y();
            if (path.getCurrentPoint() == null) {
                path.moveTo(x, y);
            } else {
                path.lineTo(x, y);
            }
        }
        return path;
    }

    private double average(int row, int column) {
        int sum = 0;
        for (int y = 0; y < OVERSAMPLING; y++) {
            for (int x = 0; x < OVERSAMPLING; x++) {
                sum +=
                        canvas.getRaster()
                                .getSample(column * OVERSAMPLING + x, row * OVERSAMPLING + y, 0);
            }
        }
        return (double) sum / (OVERSAMPLING * OVERSAMPLING);
    }
}
