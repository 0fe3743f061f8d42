package dev.longtail.exchange.importing;

import java.util.List;

/**
 * What an import did.
 *
 * @param experiment where the trials are
 * @param published trials published now
 * @param present trials that were there already
 * @param problems one sentence for each trial that was skipped
 */
public record ImportReport(String experiment, long published, long present, List<String> problems) {

    /** One line for people. */
    public String summary() {
        return "%s: %,d trials published, %,d already there, %,d skipped"
                .formatted(experiment, published, present, problems.size());
    }
}
