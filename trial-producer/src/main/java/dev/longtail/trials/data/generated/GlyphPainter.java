package dev.longtail.trials.data.generated;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Paints strokes with a round pen. In plain arithmetic that every Java platform does alike:
 * Java2D's pixels differ from one JDK to the next, and workers with other pixels must not share an
 * experiment.
 */
final class GlyphPainter {

    private static final int OVERSAMPLING = 4;
    private static final double MARGIN = 0.06;
    private static final double WHITE = 255;

    private final int side;
    private final int large;

    /** Coverage of the fine grid's cells by ink, in [0, 1], row by row. */
    private final double[] canvas;

    /**
     * @param side width and height of the pictures in pixels
     */
    GlyphPainter(int side) {
        this.side = side;
        this.large = side * OVERSAMPLING;
        this.canvas = new double[large * large];
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
        Arrays.fill(canvas, 0);
        double radius = penWidth * large / 2;
        for (Stroke stroke : strokes) {
            List<Point> chain = stroke.flattened();
            for (int k = 1; k < chain.size(); k++) {
                cover(onCanvas(chain.get(k - 1)), onCanvas(chain.get(k)), radius);
            }
        }
        var gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        byte[] pixels = new byte[side * side];
        for (int k = 0; k < pixels.length; k++) {
            double grey = WHITE * average(k / side, k % side) + noise * gaussian.sample();
            pixels[k] = (byte) Math.max(0, Math.min(255, Math.round(grey)));
        }
        return pixels;
    }

    private Point onCanvas(Point p) {
        double scale = large * (1 - 2 * MARGIN);
        double shift = large * MARGIN;
        return new Point(shift + scale * p.x(), shift + scale * p.y());
    }

    /**
     * Moves the pen along a straight piece. A cell whose centre is deeper in the ink than half its
     * side is covered, one as far outside is not, linear between.
     */
    private void cover(Point from, Point to, double radius) {
        double reach = radius + 0.5;
        int left = cell(Math.min(from.x(), to.x()) - reach);
        int right = cell(Math.max(from.x(), to.x()) + reach);
        int top = cell(Math.min(from.y(), to.y()) - reach);
        int bottom = cell(Math.max(from.y(), to.y()) + reach);
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                double distance = distance(from, to, column + 0.5, row + 0.5);
                double covered = Math.max(0, Math.min(1, reach - distance));
                int at = row * large + column;
                canvas[at] = Math.max(canvas[at], covered);
            }
        }
    }

    private int cell(double position) {
        return (int) Math.max(0, Math.min(large - 1.0, Math.floor(position)));
    }

    /** From a point to the nearest point of a straight piece. */
    private static double distance(Point from, Point to, double x, double y) {
        double dx = to.x() - from.x();
        double dy = to.y() - from.y();
        double length = dx * dx + dy * dy;
        double along = length == 0 ? 0 : ((x - from.x()) * dx + (y - from.y()) * dy) / length;
        double nearest = Math.max(0, Math.min(1, along));
        double offX = x - from.x() - nearest * dx;
        double offY = y - from.y() - nearest * dy;
        return Math.sqrt(offX * offX + offY * offY);
    }

    private double average(int row, int column) {
        double sum = 0;
        for (int y = 0; y < OVERSAMPLING; y++) {
            for (int x = 0; x < OVERSAMPLING; x++) {
                sum += canvas[(row * OVERSAMPLING + y) * large + column * OVERSAMPLING + x];
            }
        }
        return sum / (OVERSAMPLING * OVERSAMPLING);
    }
}
