package dev.longtail.estimators;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Random counts of both sides, the corners 0 and all correct more often than by chance. */
final class CountsArbitraries {

    private CountsArbitraries() {}

    static Arbitrary<InOutCounts> defined(int mostPerSide) {
        return Arbitraries.integers()
                .between(1, mostPerSide)
                .tuple2()
                .flatMap(
                        sides ->
                                correct(sides.get1())
                                        .flatMap(
                                                inCorrect ->
                                                        correct(sides.get2())
                                                                .map(
                                                                        outCorrect ->
                                                                                new InOutCounts(
                                                                                        sides
                                                                                                .get1(),
                                                                                        inCorrect,
                                                                                        sides
                                                                                                .get2(),
                                                                                        outCorrect))));
    }

    private static Arbitrary<Integer> correct(int trials) {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(0, trials),
                Arbitraries.of(0, trials, Math.min(1, trials), Math.max(0, trials - 1)));
    }
}
