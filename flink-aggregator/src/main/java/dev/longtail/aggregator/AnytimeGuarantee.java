package dev.longtail.aggregator;

import dev.longtail.schemas.SamplerKind;

/**
 * Whether anytime-valid bands, decided examples and confirmed pairs keep their promise. Where they
 * do not they are not shown: the values themselves remain, as differences of shares.
 */
public enum AnytimeGuarantee {

    /** Trials are drawn independently and alike, and all of them are counted. */
    HOLDS("holds"),

    /** Masks may depend on each other or on the examples. */
    ARBITRARY_SAMPLER("not available under the arbitrary sampler"),

    /** Counted are only the trials with one outcome. */
    CONVERGED_ONLY("not available where trials are left out by their outcome");

    private final String sentence;

    AnytimeGuarantee(String sentence) {
        this.sentence = sentence;
    }

    /**
     * The guarantee of a job.
     *
     * @param sampler how the experiment's subsets are drawn
     * @param convergedOnly whether trials that did not converge are left out
     */
    public static AnytimeGuarantee of(SamplerKind sampler, boolean convergedOnly) {
        if (convergedOnly) {
            return CONVERGED_ONLY;
        }
        return sampler == SamplerKind.ARBITRARY ? ARBITRARY_SAMPLER : HOLDS;
    }

    /** Whether it holds. */
    public boolean holds() {
        return this == HOLDS;
    }

    /** Why a band or a confirmation is missing, in words for people. */
    public String sentence() {
        return sentence;
    }
}
