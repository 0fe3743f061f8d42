package dev.longtail.dashboard.model;

import dev.longtail.aggregator.AnytimeGuarantee;
import dev.longtail.schemas.Convergence;
import dev.longtail.schemas.JobDescription;
import dev.longtail.schemas.RejectedRecord;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All that is known of one job's output at one moment. Immutable: whoever holds one computes on
 * numbers that do not change under it.
 *
 * @param version grows with every change
 * @param description what the experiment is
 * @param job the job that counts, absent until one has introduced itself
 * @param loaded whether everything that stood in the topics at the start has been read
 * @param unreadable records of the output topics that could not be read
 * @param convergence oldest first
 * @param rejected the latest dead letters, newest first
 * @param groups newest counters of every group, all from the same trials
 * @param memorization all groups laid out by example; computed on first use
 * @param trainPairs the complete list of high-influence pairs; computed on first use
 * @param testPairs the largest influences of both signs on each test example; computed on first use
 * @param testAccuracy how often trials were right on each test example; computed on first use
 */
public record Snapshot(
        long version,
        ExperimentDescription description,
        Optional<JobDescription> job,
        boolean loaded,
        long unreadable,
        List<Convergence> convergence,
        List<RejectedRecord> rejected,
        Collection<GroupEstimates> groups,
        Supplier<Memorization> memorization,
        Supplier<PairTable> trainPairs,
        Supplier<PairTable> testPairs,
        Supplier<TestAccuracy> testAccuracy) {

    /** Whether the job's bands and confirmed pairs keep their promise. */
    public AnytimeGuarantee anytimeGuarantee() {
        return AnytimeGuarantee.of(
                description.experiment().getSampler().getKind(), convergedOnly());
    }

    /** Whether all figures leave out trials that did not converge, which changes what they are. */
    public boolean convergedOnly() {
        return job.map(JobDescription::getConvergedOnly).orElse(false);
    }

    /** The newest convergence record. */
    public Optional<Convergence> latest() {
        return convergence.isEmpty()
                ? Optional.empty()
                : Optional.of(convergence.get(convergence.size() - 1));
    }
}
