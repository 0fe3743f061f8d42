package dev.longtail.trials;

import dev.longtail.schemas.Trial;
import dev.longtail.trials.publishing.TrialPublisher;
import dev.longtail.trials.saving.SavedTrials;
import dev.longtail.trials.training.TrialTrainer;
import java.util.Optional;
import java.util.Set;

/**
 * Where trained trials go: to Kafka, and to disk where models are kept. The model first, so that no
 * published trial is without its model.
 *
 * @param publisher to Kafka
 * @param published ids of the trials that Kafka has already
 * @param saved where models are kept, if they are
 */
record TrialSink(TrialPublisher publisher, Set<String> published, Optional<SavedTrials> saved) {

    /** Takes the trial that the trainer trained last. */
    void accept(Trial trial, TrialTrainer trainer) {
        saved.ifPresent(
                to -> {
                    trainer.saveParameters(to.parameters(trial.getId()));
                    to.save(trial);
                });
        if (!published.contains(trial.getId())) {
            publisher.publish(trial);
        }
    }
}
