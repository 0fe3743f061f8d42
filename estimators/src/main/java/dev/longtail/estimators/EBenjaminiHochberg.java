package dev.longtail.estimators;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * The e-BH procedure: which of N pairs are confirmed so that the expected share of false ones among
 * the confirmed is at most alpha, under any dependence between the pairs and, with e-values that
 * are valid at any stopping time, whenever one stops.
 *
 * <p>Confirm the k pairs with the largest e-values for the greatest k whose k-th largest e-value is
 * at least {@code N / (alpha k)}. Source: R. Wang, A. Ramdas, <i>False discovery rate control with
 * e-values</i>, JRSS-B 84 (2022), section 4 (arXiv 2009.02824).
 *
 * <p>A pair whose e-value was not computed counts as 0, which is always valid: so the candidates
 * may be restricted (to pairs over the thresholds of the paper's rule, say), with N still all pairs
 * in scope. The guarantee is about exactly the candidates given: who shows only a part of the
 * confirmed pairs makes no promise about that part.
 */
public final class EBenjaminiHochberg {

    private final long pairsInScope;
    private final double alpha;

    /**
     * @param pairsInScope N, at least as many as candidates will be given
     * @param alpha false discovery rate, in (0, 1)
     * @throws IllegalArgumentException when an argument is out of its range
     */
    public EBenjaminiHochberg(long pairsInScope, double alpha) {
        if (pairsInScope < 0) {
            throw new IllegalArgumentException(
                    "expected at least 0 pairs in scope, found " + pairsInScope);
        }
        this.pairsInScope = pairsInScope;
        this.alpha = ErrorLevel.require(alpha);
    }

    /**
     * What is confirmed.
     *
     * @param pairs number of confirmed pairs
     * @param smallestLogEValue a candidate is confirmed exactly when the logarithm of its e-value
     *     is at least this; empty where no pair is confirmed
     */
    public record Confirmation(long pairs, OptionalDouble smallestLogEValue) {

        /** Nothing is confirmed. */
        public static final Confirmation NONE = new Confirmation(0, OptionalDouble.empty());

        /** Whether a candidate with this e-value is among the confirmed. */
        public boolean includes(double logEValue) {
            return smallestLogEValue.isPresent() && logEValue >= smallestLogEValue.getAsDouble();
        }
    }

    /**
     * Confirms from the candidates' e-values.
     *
     * @param logEValues natural logarithms, any order, not changed
     * @throws IllegalArgumentException when there are more candidates than pairs in scope, or a
     *     value is NaN
     */
    public Confirmation confirm(double[] logEValues) {
        if (logEValues.length > pairsInScope) {
            throw new IllegalArgumentException(
                    "expected at most as many candidates as pairs in scope (%d), found %d"
                            .formatted(pairsInScope, logEValues.length));
        }
        double[] ascending = logEValues.clone();
        Arrays.sort(ascending);
        if (ascending.length > 0 && Double.isNaN(ascending[ascending.length - 1])) {
            throw new IllegalArgumentException("expected logarithms of e-values, found NaN");
        }
        for (int first = 0; first < ascending.length; first++) {
            // Equal e-values stand or fall together; the first of them has the largest k.
            if (ascending[first] >= leastLogEValue(ascending.length - first)) {
                return new Confirmation(
                        ascending.length - first, OptionalDouble.of(ascending[first]));
            }
        }
        return Confirmation.NONE;
    }

    /** log(N / (alpha k)). */
    private double leastLogEValue(long k) {
        return Math.log(pairsInScope / (alpha * k));
    }
}
