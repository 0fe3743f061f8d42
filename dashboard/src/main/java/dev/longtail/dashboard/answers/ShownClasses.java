package dev.longtail.dashboard.answers;

import dev.longtail.dashboard.model.Snapshot;
import dev.longtail.estimators.ClassMemorization;
import dev.longtail.schemas.Convergence;
import java.util.Comparator;
import java.util.List;

/** Which classes a matrix has room for: those with the most memorized examples, by number. */
final class ShownClasses {

    private static final double PAPER_THRESHOLD = 0.25;

    private ShownClasses() {}

    static List<ClassMemorization> summaries(Snapshot snapshot) {
        return ClassMemorization.ofAll(
                snapshot.memorization().get().counts(),
                snapshot.description().trainLabels(),
                snapshot.description().classes(),
                snapshot.latest()
                        .map(Convergence::getMemorizationThreshold)
                        .orElse(PAPER_THRESHOLD));
    }

    /** Labels of at most so many classes, rising. */
    static int[] labels(List<ClassMemorization> summaries, int most) {
        return summaries.stream()
                .sorted(Comparator.comparingInt(ClassMemorization::memorized).reversed())
                .limit(most)
                .mapToInt(ClassMemorization::label)
                .sorted()
                .toArray();
    }
}
