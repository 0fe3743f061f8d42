package dev.longtail.aggregator.client;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The strongest influences of one training example, or on one test example, all from the same
 * trials.
 *
 * @param helpful influences above 0, largest first
 * @param harmful influences below 0, most negative first
 * @param from the trials they are from
 */
public record StrongestInfluences(
        List<Influence> helpful, List<Influence> harmful, TrialPoint from) {

    private static final Comparator<Influence> RISING =
            Comparator.comparingDouble(influence -> influence.estimate().value());

    /** The strongest {@code most} of each sign; undefined influences are in neither list. */
    static StrongestInfluences of(List<Influence> influences, int most, TrialPoint from) {
        return new StrongestInfluences(
                strongest(influences.stream(), most, RISING.reversed(), 1),
                strongest(influences.stream(), most, RISING, -1),
                from);
    }

    private static List<Influence> strongest(
            Stream<Influence> influences, int most, Comparator<Influence> order, int sign) {
        return influences
                .filter(influence -> sign * influence.estimate().value() > 0)
                .sorted(order.thenComparingInt(Influence::train).thenComparingInt(Influence::test))
                .limit(most)
                .toList();
    }
}
