package dev.longtail.trials.data.generated;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** One movement of the pen: a smooth curve through its points (Catmull–Rom). */
record Stroke(List<Point> points) {

    private static final int STEPS_PER_PIECE = 6;

    Stroke {
        points = List.copyOf(points);
    }

    /** A stroke through {@code x0, y0, x1, y1, ...}. */
    static Stroke of(double... coordinates) {
        List<Point> points = new ArrayList<>();
        for (int k = 0; k < coordinates.length; k += 2) {
            points.add(new Point(coordinates[k], coordinates[k + 1]));
        }
        return new Stroke(points);
    }

    Stroke map(UnaryOperator<Point> change) {
        return new Stroke(points.stream().map(change).toList());
    }

    /** The curve as a chain of short straight pieces. */
    List<Point> flattened() {
        List<Point> chain = new ArrayList<>();
        int last = points.size() - 1;
        for (int k = 0; k < last; k++) {
            Point before = points.get(Math.max(0, k - 1));
            Point from = points.get(k);
            Point to = points.get(k + 1);
            Point after = points.get(Math.min(last, k + 2));
            for (int step = 0; step < STEPS_PER_PIECE; step++) {
                double t = (double) step / STEPS_PER_PIECE;
                chain.add(
                        new Point(
                                spline(before.x(), from.x(), to.x(), after.x(), t),
                                spline(before.y(), from.y(), to.y(), after.y(), t)));
            }
        }
        chain.add(points.get(last));
        return chain;
    }

    private static double spline(double a, double b, double c, double d, double t) {
        double linear = c - a;
        double square = 2 * a - 5 * b + 4 * c - d;
        double cube = 3 * (b - c) + d - a;
        return b + 0.5 * t * (linear + t * (square + t * cube));
    }
}
