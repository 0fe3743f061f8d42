package dev.longtail.trials.training;

import dev.longtail.trials.sampling.TrialSeeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;

/**
 * Runs trials in one session. A trial's outcome depends on its seeds only, not on what runs before
 * or beside it. Not safe for use by several threads; each has its own.
 */
public sealed interface TrialTrainer extends AutoCloseable permits NetworkTrainer, HeadsTrainer {

    /** Takes trials as they are ready. */
    @FunctionalInterface
    interface Receiver {

        /** A trial is ready; {@link #saveParameters} saves its model until this returns. */
        void receive(TrialSeeds seeds, TrialOutcome outcome);
    }

    /** How many trials are best run in one call. */
    int trialsAtOnce();

    /**
     * Runs trials.
     *
     * @param abandon asked after every epoch
     * @param receiver called once per trial, in any order
     * @throws AbandonedException when {@code abandon} said so; trials that the receiver has seen
     *     are whole
     */
    void run(List<TrialSeeds> trials, BooleanSupplier abandon, Receiver receiver)
            throws AbandonedException;

    /**
     * Runs one trial.
     *
     * @param seeds of the trial
     * @param abandon asked after every epoch
     * @return the outcome
     * @throws AbandonedException when {@code abandon} said so
     */
    default TrialOutcome run(TrialSeeds seeds, BooleanSupplier abandon) throws AbandonedException {
        List<TrialOutcome> outcomes = new ArrayList<>();
        run(List.of(seeds), abandon, (trial, outcome) -> outcomes.add(outcome));
        return outcomes.get(0);
    }

    /**
     * Saves the parameters of the model that was trained last.
     *
     * @param file in NumPy's {@code .npz}
     * @throws ModelException when the model cannot tell or the file cannot be written
     */
    default void saveParameters(Path file) {
        ParameterFile.write(file, parameters());
    }

    /**
     * The parameters of the model that was trained last.
     *
     * @throws ModelException when the model cannot tell
     */
    SortedMap<String, ModelSession.Parameter> parameters();

    @Override
    void close();
}
