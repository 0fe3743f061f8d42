package dev.longtail.faults;

import dev.longtail.faults.Verdict.Rejected;
import dev.longtail.schemas.RejectionReason;
import java.util.EnumSet;
import java.util.Set;

/**
 * What was done to a trial so that it is none any more, with the reasons that follow from it alone.
 * Where there is one, it was said before anybody looked at the bytes.
 */
enum Mutation {
    /** Bytes at random; one in 65,536 begins with the marker by chance. */
    NOISE(RejectionReason.UNDECODABLE, RejectionReason.UNKNOWN_SCHEMA),

    /**
     * A genuine header and bytes at random. That they are a trial takes seven unions with one of
     * their two variants, each in one byte: less than one in 10^14.
     */
    NOISE_BEHIND_HEADER(RejectionReason.UNDECODABLE),

    /** A trial without its end. */
    TRUNCATED(RejectionReason.UNDECODABLE),

    /** A trial with zeros behind it. */
    EXTENDED(RejectionReason.UNDECODABLE),

    /** A trial with so many zeros behind it that nobody needs to decode it. */
    OVERSIZED(RejectionReason.TOO_LARGE),

    /** A byte of a trial changed: it may hit anything but the size, or nothing that matters. */
    BYTE_CHANGED(
            EnumSet.complementOf(EnumSet.of(RejectionReason.OTHER, RejectionReason.TOO_LARGE))),

    /** One of the vectors longer or shorter. */
    OTHER_LENGTH(RejectionReason.WRONG_LENGTH),

    /** An unused bit of one of the vectors set. */
    UNUSED_BIT_SET(RejectionReason.PADDING_SET),

    /** A subset of everything. */
    ALL_INCLUDED(RejectionReason.WRONG_SUBSET_SIZE);

    private final Set<RejectionReason> reasons;

    Mutation(Set<RejectionReason> reasons) {
        this.reasons = reasons;
    }

    Mutation(RejectionReason first, RejectionReason... others) {
        this(EnumSet.of(first, others));
    }

    /** Whether this may have become of the record. */
    boolean foresees(Verdict verdict) {
        return verdict instanceof Rejected rejected
                ? reasons.contains(rejected.reason())
                : this == BYTE_CHANGED;
    }
}
