package dev.longtail.aggregator;

import java.io.Serializable;

/**
 * What counts as high, decided and confirmed.
 *
 * @param memorization high-influence pairs have mem(i) of at least this, in (-1, 1]
 * @param influence and infl(i, j) of at least this, in (0, 1]
 * @param confirmation influence that a confirmed pair exceeds, in [-1, 1)
 * @param alpha error level of bands and of the false discovery rate, in (0, 1)
 */
public record Thresholds(double memorization, double influence, double confirmation, double alpha)
        implements Serializable {

    /** The paper's rule, confirmation against no influence at all, 5 %. */
    public static final Thresholds DEFAULT = new Thresholds(0.25, 0.15, 0, 0.05);

    /**
     * @throws IllegalArgumentException when one is out of its range
     */
    public Thresholds {
        require(
                "--memorization-threshold in (-1, 1]",
                memorization > -1 && memorization <= 1,
                memorization);
        require("--influence-threshold in (0, 1]", influence > 0 && influence <= 1, influence);
        require(
                "--confirmation-threshold in [-1, 1)",
                confirmation >= -1 && confirmation < 1,
                confirmation);
        require("--alpha in (0, 1)", alpha > 0 && alpha < 1, alpha);
    }

    private static void require(String what, boolean holds, double found) {
        if (!holds) {
            throw new IllegalArgumentException("expected " + what + ", found " + found);
        }
    }
}
