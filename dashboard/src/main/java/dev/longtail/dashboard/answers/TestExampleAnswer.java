package dev.longtail.dashboard.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longtail.dashboard.model.Snapshot;
import dev.longtail.dashboard.model.TestAccuracy;
import dev.longtail.dashboard.topics.ExampleStore;
import dev.longtail.schemas.Split;

/**
 * One test example.
 *
 * @param trials that its accuracy is from
 * @param correct trials right on it; null where the job counts no pair with it
 * @param accuracy correct / trials; null where unknown
 * @param standardError binomial standard error of the accuracy; null where unknown
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TestExampleAnswer(
        int index,
        int label,
        String name,
        long trials,
        Integer correct,
        double accuracy,
        double standardError) {

    /** All about test example j but its influences. */
    public static TestExampleAnswer of(Snapshot snapshot, ExampleStore examples, int j) {
        TestAccuracy tests = snapshot.testAccuracy().get();
        double accuracy = tests.accuracy(j);
        return new TestExampleAnswer(
                j,
                snapshot.description().label(Split.TEST, j),
                ExampleNames.of(examples, Split.TEST, j),
                tests.trials(),
                tests.isKnown(j) ? tests.correct()[j] : null,
                accuracy,
                Math.sqrt(accuracy * (1 - accuracy) / tests.trials()));
    }
}
