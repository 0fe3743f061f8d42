package dev.longtail.dashboard.answers;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.longtail.dashboard.model.ExperimentDescription;
import dev.longtail.dashboard.topics.ExampleStore;
import dev.longtail.schemas.Split;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * From which likeness on two pictures of an experiment are called near-duplicates: alike to a
 * degree that 999 of 1,000 ordinary pairs of the same class do not reach, and at least {@value
 * #LEAST}. What is ordinary depends on the data: two tidy digits of a class are far more alike than
 * two photographs of dogs. It is measured once per experiment on {@value #PAIRS} random pairs.
 */
final class NearDuplicates {

    /** Below this no pictures are near-duplicates, however different ordinary ones may be. */
    static final double LEAST = 0.9;

    static final int PAIRS = 4_000;
    private static final int FEWEST_PAIRS = 1_000;
    private static final double ORDINARY = 0.999;
    private static final long BUDGET_NANOS = Duration.ofSeconds(3).toNanos();
    private static final long RENEWED_AFTER_NANOS = Duration.ofSeconds(30).toNanos();

    private static final Cache<ExampleStore, Measured> MEASURED =
            Caffeine.newBuilder().weakKeys().build();

    private record Measured(double from, long pictures, long at) {}

    private NearDuplicates() {}

    /**
     * The threshold of an experiment.
     *
     * @return in [{@value #LEAST}, 1]; NaN without pictures
     */
    static double from(ExperimentDescription description, ExampleStore examples) {
        if (!examples.hasPictures()) {
            return Double.NaN;
        }
        return MEASURED.asMap()
                .compute(
                        examples,
                        (store, known) ->
                                known == null || isOutdated(known, store)
                                        ? new Measured(
                                                measure(description, store),
                                                store.pictures(),
                                                System.nanoTime())
                                        : known)
                .from();
    }

    /** Pictures may still be arriving when it is first asked for. */
    private static boolean isOutdated(Measured known, ExampleStore examples) {
        return known.pictures() != examples.pictures()
                && System.nanoTime() - known.at() > RENEWED_AFTER_NANOS;
    }

    private static double measure(ExperimentDescription description, ExampleStore examples) {
        Map<Integer, List<Integer>> testsByLabel = new HashMap<>();
        for (int j = 0; j < description.size(Split.TEST); j++) {
            testsByLabel
                    .computeIfAbsent(description.label(Split.TEST, j), label -> new ArrayList<>())
                    .add(j);
        }
        Random random = new Random(1);
        long began = System.nanoTime();
        double[] likeness = new double[PAIRS];
        int found = 0;
        for (int k = 0; k < PAIRS && System.nanoTime() - began < BUDGET_NANOS; k++) {
            int i = random.nextInt(description.size(Split.TRAIN));
            List<Integer> same =
                    testsByLabel.getOrDefault(description.label(Split.TRAIN, i), List.of());
            if (!same.isEmpty()) {
                double alike =
                        PictureLikeness.of(examples, i, same.get(random.nextInt(same.size())));
                likeness[found] = alike;
                found += Double.isNaN(alike) ? 0 : 1;
            }
        }
        return threshold(Arrays.copyOf(likeness, found));
    }

    /** The threshold from the likeness of ordinary pairs. */
    static double threshold(double[] ordinary) {
        if (ordinary.length < FEWEST_PAIRS) {
            return LEAST;
        }
        double[] sorted = ordinary.clone();
        Arrays.sort(sorted);
        return Math.max(LEAST, sorted[(int) (ORDINARY * sorted.length)]);
    }
}
