package dev.longtail.estimators;

/**
 * The two sides of an estimate as one convex problem: how little evidence against (q1, q0) there
 * can be when the difference q1 - q0 is pushed above the observed one.
 *
 * <p>With {@code a = q1} and {@code b = 1 - q0} both pushed up, the cheapest point at each
 * difference satisfies the stationarity condition {@code d cost/da = d cost/db = mu}, where {@code
 * cost = n1 KL(s1/n1 || a) + n0 KL(s0/n0 || b)}. For one side that condition, {@code (n a - s) / (a
 * (1 - a)) = mu}, is a quadratic equation, so the whole boundary is a curve in the single variable
 * mu > 0: difference, cost and slope are closed forms, and {@code d cost / d difference = mu}.
 * Differences below the observed one follow by exchanging right and wrong on both sides.
 *
 * <p>Mutable and cheap; for one thread.
 */
final class PairOfSides {

    private static final int MOST_STEPS = 200;
    private static final double TOLERANCE = 1e-13;

    private final double n1;
    private final double s1;
    private final double n0;
    private final double s0;

    /** q1 - q0 at the last mu. */
    private double difference;

    /** Divergence at the last mu; at least 0. */
    private double cost;

    /** d difference / d mu at the last mu. */
    private double slope;

    private PairOfSides(double n1, double s1, double n0, double s0) {
        this.n1 = n1;
        this.s1 = s1;
        this.n0 = n0;
        this.s0 = s0;
    }

    /** For differences above the observed one; both sides must have trials. */
    static PairOfSides upwards(long in, long inCorrect, long out, long outCorrect) {
        return new PairOfSides(in, inCorrect, out, out - outCorrect);
    }

    /** For differences below the observed one, with the sign of all differences turned. */
    static PairOfSides downwards(long in, long inCorrect, long out, long outCorrect) {
        return new PairOfSides(in, in - inCorrect, out, outCorrect);
    }

    /** The observed difference. */
    double observed() {
        return s1 / n1 + s0 / n0 - 1;
    }

    /** Largest difference whose cost stays within the budget (above 0); at most 1. */
    double farthest(double budget) {
        if (s1 == n1 && s0 == n0) {
            return 1;
        }
        double below = 0;
        double above = Double.POSITIVE_INFINITY;
        double mu = Math.sqrt(2 * budget / curvature());
        for (int step = 0; step < MOST_STEPS; step++) {
            tilt(mu);
            double missing = budget - cost;
            if (Math.abs(missing) <= TOLERANCE * budget) {
                break;
            }
            if (missing > 0) {
                below = mu;
            } else {
                above = mu;
            }
            // Newton on sqrt(cost), which is nearly linear in mu.
            double change = 2 * (Math.sqrt(budget * cost) - cost) / (mu * slope);
            mu = within(below, mu + change, above, mu);
        }
        return difference;
    }

    /**
     * Least cost at a difference above the observed one: never overstated, because any mu gives a
     * lower bound by convexity.
     */
    double leastCost(double target) {
        if (target >= 1) {
            return Double.POSITIVE_INFINITY;
        }
        double below = 0;
        double above = Double.POSITIVE_INFINITY;
        double mu = (target - observed()) / curvature();
        double best = 0;
        for (int step = 0; step < MOST_STEPS; step++) {
            tilt(mu);
            double missing = target - difference;
            best = Math.max(best, cost + mu * missing);
            // The bound misses the optimum by about missing^2 / (2 slope).
            if (missing * missing <= TOLERANCE * (1 + best) * slope) {
                break;
            }
            if (missing > 0) {
                below = mu;
            } else {
                above = mu;
            }
            mu = within(below, mu + missing / slope, above, mu);
        }
        return best;
    }

    /**
     * Whether every point at the target difference, which is above the observed one, costs at least
     * the budget.
     */
    boolean costsAtLeast(double target, double budget) {
        if (target >= 1) {
            return true;
        }
        double below = 0;
        double above = Double.POSITIVE_INFINITY;
        double mu = (target - observed()) / curvature();
        for (int step = 0; step < MOST_STEPS; step++) {
            tilt(mu);
            double missing = target - difference;
            double lowerBound = cost + mu * missing;
            if (lowerBound >= budget) {
                return true;
            }
            if (missing <= 0 && cost < budget) {
                return false;
            }
            if (missing > 0) {
                below = mu;
                // Past the target the cost itself decides, so aim a little beyond.
                mu = within(below, mu + 1.05 * missing / slope, above, mu);
            } else {
                above = mu;
                mu = within(below, mu + missing / slope, above, mu);
            }
        }
        return false;
    }

    private static double within(double below, double proposal, double above, double current) {
        if (proposal > below && proposal < above) {
            return proposal;
        }
        return above == Double.POSITIVE_INFINITY
                ? 2 * current
                : Math.sqrt(Math.max(below, above * 1e-9) * above);
    }

    /** Sum of the variances of both accuracies, shrunk away from 0: d difference / d mu near 0. */
    private double curvature() {
        return variance(n1, s1) + variance(n0, s0);
    }

    private static double variance(double n, double s) {
        return (s + 0.5) * (n - s + 0.5) / ((n + 1) * (n + 1) * n);
    }

    /** Moves to the boundary point of this mu. */
    private void tilt(double mu) {
        difference = -1;
        cost = 0;
        slope = 0;
        tiltSide(n1, s1, mu);
        tiltSide(n0, s0, mu);
    }

    private void tiltSide(double n, double s, double mu) {
        double wrong = n - s;
        if (wrong == 0) {
            difference += 1;
            return;
        }
        double root = Math.sqrt((n - mu) * (n - mu) + 4 * mu * s);
        double wrongScale = (n + mu + root) / 2;
        double oneMinus = wrong / wrongScale;
        double accuracy;
        if (s == 0) {
            accuracy = mu > n ? (mu - n) / mu : 0;
        } else {
            double rightScale = mu < n ? (n - mu + root) / 2 : 2 * mu * s / (root + mu - n);
            accuracy = s / rightScale;
            cost += s * Math.log(rightScale / n);
        }
        cost += wrong * Math.log(wrongScale / n);
        difference += accuracy;
        slope += accuracy == 0 ? 0 : accuracy * oneMinus / root;
    }
}
