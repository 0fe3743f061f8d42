package dev.longtail.benchmarks.counting;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * One measured run, beside the NumPy baseline of the same size.
 *
 * @param scenario what was counted
 * @param result what it took
 * @param baselineSeconds what the formula took in NumPy; null where it was not run
 * @param baselineMemoryBytes its peak memory; null likewise
 */
@JsonPropertyOrder({"train", "test", "trials", "pairs", "parallelism", "seconds"})
record CountingRun(
        @JsonUnwrapped Scenario scenario,
        @JsonUnwrapped CountingResult result,
        @JsonProperty Double baselineSeconds,
        @JsonProperty Long baselineMemoryBytes) {

    /** Trials counted per second. */
    @JsonProperty
    double trialsPerSecond() {
        return scenario.trials() / result.seconds();
    }

    /** Counters of pairs and of examples brought up to date, per second. */
    @JsonProperty
    double pairUpdatesPerSecond() {
        return scenario.updates() / result.seconds();
    }

    /** The replay's time over the baseline's: at most 0.2 is the aim; null without baseline. */
    @JsonProperty
    Double ratio() {
        return ratio(result.seconds());
    }

    /** The same of the first job of a process. */
    @JsonProperty
    Double firstRatio() {
        return ratio(result.firstSeconds());
    }

    /** The same of a third job in the same process. */
    @JsonProperty
    Double warmRatio() {
        return ratio(result.warmSeconds());
    }

    private Double ratio(double seconds) {
        return baselineSeconds == null ? null : seconds / baselineSeconds;
    }

    /** Bytes of state per pair; null where no pairs are counted. */
    @JsonProperty
    Double stateBytesPerPair() {
        return scenario.pairsInScope() == 0
                ? null
                : (double) result.checkpointing().stateBytes() / scenario.pairsInScope();
    }
}
