package dev.longtail.dashboard.answers;

import dev.longtail.dashboard.model.Memorization;
import dev.longtail.estimators.LabelAudit;
import java.util.Arrays;

/** By what lists of training examples are ordered. */
public enum ExampleSort {
    /** Memorization. */
    MEMORIZATION {
        @Override
        double key(Memorization m, int i) {
            return m.value(i);
        }
    },
    /** Its standard error. */
    STANDARD_ERROR {
        @Override
        double key(Memorization m, int i) {
            return m.standardError(i);
        }
    },
    /** Accuracy of the models without the example. */
    C_SCORE {
        @Override
        double key(Memorization m, int i) {
            return m.consistencyScore(i);
        }
    },
    /** How strongly memorization and C-score together suggest a wrong label. */
    SUSPICION {
        @Override
        double key(Memorization m, int i) {
            return LabelAudit.suspicion(m.counts(i));
        }
    },
    /** Largest influence on any test example. */
    INFLUENCE {
        @Override
        double key(Memorization m, int i) {
            return m.largestInfluence(i);
        }
    },
    /** Mean influence over all test examples in scope. */
    MEAN_INFLUENCE {
        @Override
        double key(Memorization m, int i) {
            return m.meanInfluence(i);
        }
    },
    /** Number of the example. */
    INDEX {
        @Override
        double key(Memorization m, int i) {
            return i;
        }
    };

    abstract double key(Memorization m, int i);

    /**
     * All examples in this order; those without a value come last either way.
     *
     * @return n indices
     */
    int[] order(Memorization m, boolean descending) {
        long[] keyed = new long[m.size()];
        for (int i = 0; i < keyed.length; i++) {
            keyed[i] = (long) sortable((float) key(m, i), descending) << Integer.SIZE | i;
        }
        Arrays.parallelSort(keyed);
        int[] order = new int[keyed.length];
        for (int k = 0; k < order.length; k++) {
            order[k] = (int) keyed[k];
        }
        return order;
    }

    /** An int that sorts, ascending, as the float is to be sorted; NaN greatest. */
    private static int sortable(float key, boolean descending) {
        if (Float.isNaN(key)) {
            return Integer.MAX_VALUE;
        }
        int bits = Float.floatToIntBits(descending ? 0f - key : key + 0f);
        return bits ^ bits >> Integer.SIZE - 1 & Integer.MAX_VALUE;
    }
}
