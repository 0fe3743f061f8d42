package dev.longtail.estimators;

/**
 * The beta-binomial mixture of one side: evidence against an accuracy q, valid at every number of
 * trials.
 *
 * <p>With s right of n trials, {@code M(q; s, n) = [B(s + 1/2, n - s + 1/2) / B(1/2, 1/2)] / [q^s
 * (1 - q)^(n - s)]} is a martingale with mean 1 when q is the true accuracy. Split at the observed
 * accuracy {@code s/n} its logarithm is
 *
 * <pre>
 *   log M(q; s, n) = regret(s, n) + n KL(s/n || q)
 *   regret(s, n)   = log M(s/n; s, n) = 1/2 log(2 / (pi n)) + e(s) + e(n - s) - d(n)   (at most 0)
 *   e(k) = log Gamma(k + 1/2) - k log k + k - 1/2 log 2 pi       = -1/(24 k) + ...
 *   d(n) = log Gamma(n + 1) - n log n + n - 1/2 log(2 pi n)      =  1/(12 n) - ...
 * </pre>
 *
 * so that the large parts of the log-gammas, which cancel, are never computed: absolute error below
 * 1e-13 where differences of log-gammas would lose five digits at 4,000 trials. Below {@value
 * #TABLE} the remainders e and d are tabulated, from there on their asymptotic series (DLMF 5.11)
 * are exact to the last digits.
 */
final class BetaBinomialMixture {

    private static final int TABLE = 16;
    private static final double HALF_LOG_TWO_PI = Math.log(2 * Math.PI) / 2;
    private static final double HALF_LOG_TWO_OVER_PI = Math.log(2 / Math.PI) / 2;
    private static final double[] HALF_INTEGER_REST = new double[TABLE];
    private static final double[] INTEGER_REST = new double[TABLE];

    /** 1/2 log(2 / (pi n)) - d(n) for the numbers of trials met in practice. */
    private static final double[] SIDE_REST = new double[1 << 14];

    static {
        double product = 1;
        double factorial = 1;
        HALF_INTEGER_REST[0] = -Math.log(2) / 2;
        for (int k = 1; k < TABLE; k++) {
            product *= k - 0.5;
            factorial *= k;
            double powers = k * Math.log(k) - k;
            HALF_INTEGER_REST[k] =
                    Math.log(product) - powers + Math.log(Math.PI) / 2 - HALF_LOG_TWO_PI;
            INTEGER_REST[k] = Math.log(factorial) - powers - HALF_LOG_TWO_PI - Math.log(k) / 2;
        }
        for (int n = 1; n < SIDE_REST.length; n++) {
            SIDE_REST[n] = sideRest(n);
        }
    }

    private BetaBinomialMixture() {}

    /**
     * log M at the observed accuracy, its smallest value; 0 without trials, else negative.
     *
     * @param correct s, in [0, trials]
     * @param trials n, at least 0
     */
    static double regret(long correct, long trials) {
        if (trials == 0) {
            return 0;
        }
        double rest = trials < SIDE_REST.length ? SIDE_REST[(int) trials] : sideRest(trials);
        return rest + halfIntegerRest(correct) + halfIntegerRest(trials - correct);
    }

    /**
     * n KL(s/n || q): what log M adds at another accuracy.
     *
     * @param correct s, in [0, trials]
     * @param trials n, at least 0
     * @param accuracy q, in [0, 1]
     * @return at least 0 up to rounding; infinite where q excludes what was seen
     */
    static double divergence(long correct, long trials, double accuracy) {
        double wrong = (double) trials - correct;
        double divergence = 0;
        if (correct > 0) {
            divergence += correct * Math.log(correct / (trials * accuracy));
        }
        if (wrong > 0) {
            divergence += wrong * Math.log(wrong / (trials * (1 - accuracy)));
        }
        return divergence;
    }

    /** log M(q; s, n). */
    static double logValue(long correct, long trials, double accuracy) {
        return regret(correct, trials) + divergence(correct, trials, accuracy);
    }

    private static double sideRest(long n) {
        return HALF_LOG_TWO_OVER_PI - Math.log(n) / 2 - integerRest(n);
    }

    /** e(k). */
    private static double halfIntegerRest(long k) {
        if (k < TABLE) {
            return HALF_INTEGER_REST[(int) k];
        }
        double r = 1.0 / k;
        double r2 = r * r;
        return r
                * (-1.0 / 24
                        + r2
                                * (7.0 / 2880
                                        + r2
                                                * (-31.0 / 40320
                                                        + r2
                                                                * (127.0 / 215040
                                                                        - r2 * 511 / 608256))));
    }

    /** d(n). */
    private static double integerRest(long n) {
        if (n < TABLE) {
            return INTEGER_REST[(int) n];
        }
        double r = 1.0 / n;
        double r2 = r * r;
        return r
                * (1.0 / 12
                        + r2 * (-1.0 / 360 + r2 * (1.0 / 1260 + r2 * (-1.0 / 1680 + r2 / 1188))));
    }
}
