package dev.longtail.local.options;

import dev.longtail.trials.TrainSettings;
import java.util.Set;

/** Options of the trainers, for commands that start some. */
public final class TrainOptions extends ForwardedOptions {

    /** What the starting command decides for all of its trainers. */
    private static final Set<String> OWN_BUSINESS =
            Set.of("--experiment", "--data", "--trials", "--worker");

    /** For picocli. */
    public TrainOptions() {
        super(new TrainSettings(), OWN_BUSINESS);
    }
}
