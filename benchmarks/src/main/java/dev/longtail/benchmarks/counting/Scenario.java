package dev.longtail.benchmarks.counting;

/**
 * What is counted in one run.
 *
 * @param train n
 * @param test n'
 * @param trials t
 * @param pairs scope: all, same-class or none
 * @param classes number of classes; example i has label {@code i % classes}
 * @param parallelism tasks of the job
 */
record Scenario(int train, int test, int trials, String pairs, int classes, int parallelism) {

    /** Name of the experiment that has these trials, whatever the parallelism and scope. */
    String experiment() {
        return "bench-%d-%d-%d".formatted(train, test, trials);
    }

    /** Prefix of the outputs of this run. */
    String output() {
        return "%s-%s-p%d".formatted(experiment(), pairs, parallelism);
    }

    /** N, pairs in scope. */
    long pairsInScope() {
        return switch (pairs) {
            case "all" -> (long) train * test;
            case "same-class" -> sameClassPairs();
            default -> 0;
        };
    }

    private long sameClassPairs() {
        long count = 0;
        for (int label = 0; label < classes; label++) {
            count += (long) members(train, label) * members(test, label);
        }
        return count;
    }

    private int members(int size, int label) {
        return (size - label + classes - 1) / classes;
    }

    /** Counters that the trials touch: pairs and the examples' own, times trials. */
    long updates() {
        return (pairsInScope() + train) * trials;
    }
}
