package dev.longtail.dashboard.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longtail.aggregator.AnytimeGuarantee;
import dev.longtail.dashboard.model.Snapshot;
import dev.longtail.estimators.AggregateValue;
import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.JobDescription;
import dev.longtail.schemas.SamplerKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What an experiment is and how it is counted.
 *
 * @param output prefix of the job's output topics
 * @param subsetRatio m/n or p; null for the arbitrary sampler
 * @param hasPictures whether any example has a picture
 * @param hasGroundTruth whether planted facts are known
 * @param aggregateName what the mean of an example's influences may be called
 * @param scope which pairs are counted; null until a job has introduced itself
 * @param whyNoGuarantee why bands, decided examples and confirmed pairs are not available; null
 *     where they are
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ExperimentAnswer(
        String output,
        String experiment,
        Instant createdAt,
        int trainSize,
        int testSize,
        String sampler,
        Double subsetRatio,
        int classes,
        List<String> classNames,
        boolean hasLabels,
        boolean hasPictures,
        boolean hasGroundTruth,
        String dataFingerprint,
        String model,
        String optimizer,
        Map<String, String> settings,
        String aggregateName,
        String scope,
        Boolean convergedOnly,
        Double alpha,
        Double memorizationThreshold,
        Double influenceThreshold,
        String whyNoGuarantee) {

    /** The description of an output's experiment. */
    public static ExperimentAnswer of(Snapshot snapshot, String output, boolean hasPictures) {
        Experiment e = snapshot.description().experiment();
        var job = snapshot.job();
        AnytimeGuarantee guarantee = snapshot.anytimeGuarantee();
        return new ExperimentAnswer(
                output,
                e.getName(),
                e.getCreatedAt(),
                e.getTrainSize(),
                e.getTestSize(),
                e.getSampler().getKind().name(),
                ratio(e),
                snapshot.description().classes(),
                e.getClassNames(),
                snapshot.description().hasLabels(),
                hasPictures,
                e.getGroundTruth() != null,
                e.getDataFingerprint(),
                e.getModel(),
                e.getOptimizer(),
                e.getSettings(),
                aggregateName(e),
                job.map(j -> j.getScope().name()).orElse(null),
                job.map(JobDescription::getConvergedOnly).orElse(null),
                job.map(JobDescription::getAlpha).orElse(null),
                job.map(JobDescription::getMemorizationThreshold).orElse(null),
                job.map(JobDescription::getInfluenceThreshold).orElse(null),
                guarantee.holds() ? null : guarantee.sentence());
    }

    private static String aggregateName(Experiment e) {
        Double ratio = ratio(e);
        return AggregateValue.name(
                e.getSampler().getKind() == SamplerKind.BERNOULLI,
                ratio == null ? Double.NaN : ratio);
    }

    private static Double ratio(Experiment e) {
        Integer subsetSize = e.getSampler().getSubsetSize();
        return subsetSize == null
                ? e.getSampler().getInclusionProbability()
                : Double.valueOf((double) subsetSize / e.getTrainSize());
    }
}
