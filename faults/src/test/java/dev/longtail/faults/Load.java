package dev.longtail.faults;

import dev.longtail.aggregator.RandomTrials;
import java.util.List;

/**
 * Trials that a generator publishes and a test holds the counters against: the same in both, from a
 * seed.
 *
 * @param experiment name of the experiment
 * @param trainSize n
 * @param testSize n'
 * @param count number of trials
 * @param seed of all of them
 */
record Load(String experiment, int trainSize, int testSize, int count, long seed) {

    /** Sizes that are no multiples of 8 nor of the tiles' limits. */
    static Load of(String experiment, int count) {
        return sized(experiment, 101, 67, count);
    }

    /** Another size. */
    static Load sized(String experiment, int trainSize, int testSize, int count) {
        return new Load(experiment, trainSize, testSize, count, experiment.hashCode());
    }

    static Load of(String[] arguments, int from) {
        return new Load(
                arguments[from],
                Integer.parseInt(arguments[from + 1]),
                Integer.parseInt(arguments[from + 2]),
                Integer.parseInt(arguments[from + 3]),
                Long.parseLong(arguments[from + 4]));
    }

    List<String> arguments() {
        return List.of(
                experiment,
                String.valueOf(trainSize),
                String.valueOf(testSize),
                String.valueOf(count),
                String.valueOf(seed));
    }

    /** Its first trials alone. */
    Load first(int trials) {
        return new Load(experiment, trainSize, testSize, trials, seed);
    }

    /**
     * How it is counted: a small one as often as possible and in many tiles, a large one as meant.
     */
    List<String> jobOptions() {
        return trainSize < 1_000
                ? List.of(
                        "--tile-train=17",
                        "--tile-test=13",
                        "--block-size=64",
                        "--refresh=300",
                        "--counting-share=0.25")
                : List.of("--block-size=1024", "--refresh=5000");
    }

    RandomTrials trials() {
        return new RandomTrials(experiment, trainSize, testSize, count, seed);
    }
}
