package dev.longtail.local.demo;

import dev.longtail.estimators.RankingQuality;
import dev.longtail.local.demo.DemoReport.Planted;
import dev.longtail.schemas.GroundTruth;
import dev.longtail.schemas.InfluencePair;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Holds estimates against what was planted into a generated data set. */
final class PlantedTruth {

    private PlantedTruth() {}

    /**
     * The figures.
     *
     * @param truth what was planted
     * @param memorization mem(i) for every training example; NaN where undefined
     * @param pairs the high-influence pairs
     */
    static Planted compare(
            GroundTruth truth, double[] memorization, Collection<InfluencePair> pairs) {
        // A flip may sit in the largest style of its class: then it is no typical example.
        Set<Integer> flipped = new HashSet<>(truth.getFlipped());
        double[] typical =
                values(memorization, truth.getTypical().stream().filter(i -> !flipped.contains(i)));
        double[] flips = values(memorization, truth.getFlipped().stream());
        double[] seenOnce =
                values(
                        memorization,
                        truth.getSeenOnce().stream().filter(i -> !flipped.contains(i)));
        Set<List<Integer>> found = new HashSet<>();
        pairs.forEach(pair -> found.add(List.of(pair.getTrain(), pair.getTest())));
        long twinsFound =
                truth.getNearDuplicates().stream()
                        .filter(twin -> found.contains(List.of(twin.getTrain(), twin.getTest())))
                        .count();
        return new Planted(
                typical.length,
                flips.length,
                defined(RankingQuality.areaUnderCurve(flips, typical)),
                mean(flips),
                seenOnce.length,
                defined(RankingQuality.areaUnderCurve(seenOnce, typical)),
                mean(seenOnce),
                mean(typical),
                truth.getNearDuplicates().size(),
                Math.toIntExact(twinsFound));
    }

    private static double[] values(double[] memorization, Stream<Integer> examples) {
        return examples.mapToDouble(i -> memorization[i]).filter(m -> !Double.isNaN(m)).toArray();
    }

    private static Double mean(double[] values) {
        return values.length == 0 ? null : java.util.Arrays.stream(values).average().orElseThrow();
    }

    private static Double defined(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
