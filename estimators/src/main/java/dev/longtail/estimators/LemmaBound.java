package dev.longtail.estimators;

/**
 * Worst-case bounds on the error at t trials with inclusion rate p.
 *
 * <p>Both bound the error against infl_m, the influence on random subsets of the drawn size, which
 * differs from the influence on the full training set by design.
 */
public final class LemmaBound {

    private LemmaBound() {}

    /**
     * [FZ20] Lemma 2.1: the expected squared error of any memorization or influence estimate is at
     * most {@code 1/(p' t) + 1/((1 - p') t) + exp(-p' t / 16) / 2} with {@code p' = min(p, 1 - p)}.
     *
     * @param inclusionRate p = m/n, in (0, 1)
     * @param trials t, at least 1
     * @return the bound on the mean squared error; can exceed 1 at few trials
     * @throws IllegalArgumentException when an argument is out of its range
     */
    public static double meanSquaredError(double inclusionRate, long trials) {
        requireDesign(inclusionRate, trials);
        double rarer = Math.min(inclusionRate, 1 - inclusionRate);
        double t = trials;
        return 1 / (rarer * t) + 1 / ((1 - rarer) * t) + Math.exp(-rarer * t / 16) / 2;
    }

    /**
     * Largest standard error that the plug-in formula can give when the sides have their expected
     * sizes: {@code sqrt((1/(p t) + 1/((1 - p) t)) / 4)}, reached when both accuracies are 1/2.
     *
     * @param inclusionRate p = m/n, in (0, 1)
     * @param trials t, at least 1
     * @throws IllegalArgumentException when an argument is out of its range
     */
    public static double worstCaseStandardError(double inclusionRate, long trials) {
        requireDesign(inclusionRate, trials);
        return 0.5 / Math.sqrt(inclusionRate * (1 - inclusionRate) * trials);
    }

    private static void requireDesign(double inclusionRate, long trials) {
        if (!(inclusionRate > 0 && inclusionRate < 1)) {
            throw new IllegalArgumentException(
                    "expected an inclusion rate between 0 and 1, found " + inclusionRate);
        }
        if (trials < 1) {
            throw new IllegalArgumentException("expected at least 1 trial, found " + trials);
        }
    }
}
