package dev.longtail.trials.data.generated;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The way one example differs from its style: an affine and an elastic distortion. The elastic one
 * moves the corners of a {@value #GRID} x {@value #GRID} grid and everything between smoothly.
 */
final class Hand {

    private static final int GRID = 4;

    private final double[] affine;
    private final double[][] dx = new double[GRID][GRID];
    private final double[][] dy = new double[GRID][GRID];

    private Hand(double[] affine) {
        this.affine = affine;
    }

    /**
     * Draws a distortion.
     *
     * @param strength 1 for an ordinary example, less for a near-duplicate
     */
    static Hand draw(double strength, UniformRandomProvider random) {
        double angle = strength * random.nextDouble(-0.14, 0.14);
        double scaleX = 1 + strength * random.nextDouble(-0.09, 0.09);
        double scaleY = 1 + strength * random.nextDouble(-0.09, 0.09);
        Hand hand =
                new Hand(
                        new double[] {
                            StrictMath.cos(angle) * scaleX,
                            -StrictMath.sin(angle) * scaleY,
                            strength * random.nextDouble(-0.05, 0.05),
                            StrictMath.sin(angle) * scaleX,
                            StrictMath.cos(angle) * scaleY,
                            strength * random.nextDouble(-0.05, 0.05)
                        });
        for (int row = 0; row < GRID; row++) {
            for (int column = 0; column < GRID; column++) {
                hand.dx[row][column] = strength * random.nextDouble(-0.045, 0.045);
                hand.dy[row][column] = strength * random.nextDouble(-0.045, 0.045);
            }
        }
        return hand;
    }

    /** The strokes as this hand writes them. */
    List<Stroke> write(List<Stroke> strokes) {
        return strokes.stream().map(stroke -> stroke.map(this::move)).toList();
    }

    private Point move(Point p) {
        Point bent = p.plus(between(dx, p), between(dy, p));
        double x = bent.x() - 0.5;
        double y = bent.y() - 0.5;
        return new Point(
                0.5 + affine[0] * x + affine[1] * y + affine[2],
                0.5 + affine[3] * x + affine[4] * y + affine[5]);
    }

    private static double between(double[][] grid, Point p) {
        double column = Math.max(0, Math.min(GRID - 1.0, p.x() * (GRID - 1)));
        double row = Math.max(0, Math.min(GRID - 1.0, p.y() * (GRID - 1)));
        int left = Math.min(GRID - 2, (int) column);
        int top = Math.min(GRID - 2, (int) row);
        double right = column - left;
        double down = row - top;
        return (1 - down) * ((1 - right) * grid[top][left] + right * grid[top][left + 1])
                + down * ((1 - right) * grid[top + 1][left] + right * grid[top + 1][left + 1]);
    }
}
