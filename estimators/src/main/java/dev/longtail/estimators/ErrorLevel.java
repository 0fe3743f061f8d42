package dev.longtail.estimators;

/** The range of error levels. */
final class ErrorLevel {

    private ErrorLevel() {}

    /**
     * Returns alpha, or refuses it.
     *
     * @throws IllegalArgumentException when alpha is not in (0, 1)
     */
    static double require(double alpha) {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException(
                    "expected an error level alpha between 0 and 1, found " + alpha);
        }
        return alpha;
    }
}
