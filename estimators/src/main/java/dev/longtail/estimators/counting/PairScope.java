package dev.longtail.estimators.counting;

import java.io.Serializable;
import java.util.Arrays;

/** Which train/test pairs are counted. */
public sealed interface PairScope extends Serializable {

    /** Every training example with every test example. */
    record All() implements PairScope {}

    /** Pairs of one class: the matrices that were published for ImageNet and CIFAR-100. */
    record SameClass() implements PairScope {}

    /** No pairs: memorization only. */
    record None() implements PairScope {}

    /**
     * Every training example with some test examples.
     *
     * @param examples strictly increasing indices of test examples; at least one
     */
    record TestSubset(int[] examples) implements PairScope {

        /**
         * @throws IllegalArgumentException when there is no index, one is negative or they do not
         *     increase strictly
         */
        public TestSubset {
            examples = examples.clone();
            if (examples.length == 0 || examples[0] < 0) {
                throw new IllegalArgumentException(
                        "expected at least one index of a test example, from 0, found "
                                + Arrays.toString(examples));
            }
            for (int k = 1; k < examples.length; k++) {
                if (examples[k] <= examples[k - 1]) {
                    throw new IllegalArgumentException(
                            "expected strictly increasing indices of test examples, found %d after %d"
                                    .formatted(examples[k], examples[k - 1]));
                }
            }
        }

        @Override
        public int[] examples() {
            return examples.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof TestSubset that && Arrays.equals(examples, that.examples);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(examples);
        }

        @Override
        public String toString() {
            return "TestSubset" + Arrays.toString(examples);
        }
    }
}
