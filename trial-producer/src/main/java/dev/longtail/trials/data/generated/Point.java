package dev.longtail.trials.data.generated;

/** A point of the unit square; y grows downwards. */
record Point(double x, double y) {

    Point plus(double dx, double dy) {
        return new Point(x + dx, y + dy);
    }

    /** The point on the way to another one. */
    Point towards(Point other, double fraction) {
        return new Point(x + (other.x - x) * fraction, y + (other.y - y) * fraction);
    }
}
