package dev.longtail.exchange.importing;

import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.Trial;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps what is published in memory. */
final class TestingTrialStore implements TrialStore {

    final Map<String, Experiment> experiments = new LinkedHashMap<>();
    final Map<String, Map<String, Trial>> trials = new LinkedHashMap<>();

    @Override
    public Optional<Experiment> experiment(String name) {
        return Optional.ofNullable(experiments.get(name));
    }

    @Override
    public void create(Experiment experiment) {
        experiments.put(experiment.getName(), experiment);
        trials.put(experiment.getName(), new LinkedHashMap<>());
    }

    @Override
    public Set<String> publishedIds(String experiment) {
        return Set.copyOf(trials.get(experiment).keySet());
    }

    @Override
    public void publish(Trial trial) {
        trials.get(trial.getExperiment()).put(trial.getId(), trial);
    }

    @Override
    public void flush() {
        // Everything is stored at once.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
