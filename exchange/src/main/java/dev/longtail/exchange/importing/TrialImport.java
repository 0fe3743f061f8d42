package dev.longtail.exchange.importing;

import dev.longtail.exchange.importing.ImportSource.Candidate;
import dev.longtail.exchange.numpy.NumpyFormatException;
import dev.longtail.schemas.Experiment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Publishes the trials of a source that are not in the experiment yet. Stopped at any moment it can
 * be run again: what is there is skipped by its id.
 */
public final class TrialImport {

    private final TrialStore store;
    private final ExperimentForm form;
    private final OnError onError;
    private final Consumer<String> warn;

    /** What happens with a trial that cannot be imported. */
    public enum OnError {
        /** It is named and left out, and the import goes on. */
        SKIP,
        /** The import ends with what was published before. */
        STOP
    }

    /**
     * An import.
     *
     * @param store where the trials go
     * @param form what a new experiment says of itself
     * @param warn is told each problem as it occurs
     */
    public TrialImport(
            TrialStore store, ExperimentForm form, OnError onError, Consumer<String> warn) {
        this.store = store;
        this.form = form;
        this.onError = onError;
        this.warn = warn;
    }

    /**
     * Publishes.
     *
     * @param name of the experiment, created with the first good trial where it does not exist
     * @param progress is told after each candidate how many were looked at
     * @throws IOException when the source ends unexpectedly, or a trial is bad under {@link
     *     OnError#STOP}
     */
    public ImportReport run(String name, ImportSource source, LongConsumer progress)
            throws IOException {
        Target target = new Target(name, source.sampling());
        List<String> problems = new ArrayList<>();
        long seen = 0;
        try {
            for (Optional<Candidate> next = source.next(); next.isPresent(); next = source.next()) {
                try {
                    target.take(next.get());
                } catch (ImportException | NumpyFormatException problem) {
                    if (onError == OnError.STOP) {
                        throw problem;
                    }
                    warn.accept("skipped: " + problem.getMessage());
                    problems.add(problem.getMessage());
                }
                progress.accept(++seen);
            }
        } finally {
            store.flush();
        }
        return new ImportReport(name, target.published, target.present, problems);
    }

    /** The experiment that the trials go to. */
    private final class Target {

        private final String name;
        private final ImportSource.Sampling sampling;
        private final Set<String> ids;
        private Experiment experiment;
        private long published;
        private long present;

        Target(String name, ImportSource.Sampling sampling) {
            this.name = name;
            this.sampling = sampling;
            this.experiment = store.experiment(name).orElse(null);
            this.ids = experiment == null ? Set.of() : store.publishedIds(name);
        }

        void take(Candidate candidate) throws IOException {
            if (ids.contains(candidate.id())) {
                present++;
                return;
            }
            ImportedTrial trial = candidate.read();
            if (experiment == null) {
                experiment = form.describe(name, sampling, trial);
                store.create(experiment);
            }
            ExperimentForm.requireFits(experiment, trial);
            store.publish(trial.toTrial(name));
            published++;
        }
    }
}
