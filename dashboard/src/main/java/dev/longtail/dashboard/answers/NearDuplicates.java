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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * From which likeness on two pictures of an experiment are called near-duplicates: alike to a
 * degree that 999 of 1,000 ordinary pairs of the same class do not reach, and at least {@value
 * #LEAST}. What is ordinary depends on the data: two tidy digits of a class are far more alike than
 * two photographs of dogs. It is measured once per experiment on {@value #PAIRS} random pairs, in
 * the background: thousands of pictures may have to be read from Kafka, and nobody waits for a
 * hint.
 */
public final class NearDuplicates {

    /** Below this no pictures are near-duplicates, however different ordinary ones may be. */
    static final double LEAST = 0.9;

    static final int PAIRS = 4_000;
    private static final int FEWEST_PAIRS = 1_000;
    private static final double ORDINARY = 0.999;
    private static final long RENEWED_AFTER_NANOS = Duration.ofSeconds(30).toNanos();

    private static final Cache<ExampleStore, Measured> MEASURED =
            Caffeine.newBuilder().weakKeys().build();

    private static final ExecutorService MEASURING =
            Executors.newSingleThreadExecutor(
                    task -> {
                        Thread thread = new Thread(task, "measure-likeness");
                        thread.setDaemon(true);
                        return thread;
                    });

    /** What was measured, NaN until it is; on how many pictures; when it was begun. */
    private record Measured(double from, long pictures, long at) {}

    private NearDuplicates() {}

    /**
     * The threshold of an experiment; the first who asks begins the measurement.
     *
     * @return in [{@value #LEAST}, 1]; NaN without pictures and until it is measured
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
                                        ? begin(description, store, known)
                                        : known)
                .from();
    }

    /** Whether the threshold is known, so that answers from before are not given any more. */
    public static boolean isMeasured(ExampleStore examples) {
        Measured known = MEASURED.getIfPresent(examples);
        return known != null && !Double.isNaN(known.from());
    }

    private static Measured begin(
            ExperimentDescription description, ExampleStore examples, Measured known) {
        long pictures = examples.pictures();
        long now = System.nanoTime();
        MEASURING.execute(
                () ->
                        MEASURED.put(
                                examples,
                                new Measured(measure(description, examples), pictures, now)));
        return new Measured(known == null ? Double.NaN : known.from(), pictures, now);
    }

    /** Pictures may still be arriving when it is first asked for, or Kafka may not answer. */
    private static boolean isOutdated(Measured known, ExampleStore examples) {
        return (Double.isNaN(known.from()) || known.pictures() != examples.pictures())
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
        double[] likeness = new double[PAIRS];
        int found = 0;
        for (int k = 0; k < PAIRS; k++) {
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
