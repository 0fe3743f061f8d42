package dev.longtail.faults;

import dev.longtail.schemas.RejectionReason;

/** What a record of the trials topic is by the {@link TrialRules}. */
sealed interface Verdict {

    /** No trial, for a reason. */
    record Rejected(RejectionReason reason) implements Verdict {
        @Override
        public String toString() {
            return reason.name();
        }
    }

    /** A trial with the vectors that are known under its id. */
    record Known() implements Verdict {
        @Override
        public String toString() {
            return "known";
        }
    }

    /** A trial with other vectors than those known under its id. */
    record Conflicting() implements Verdict {
        @Override
        public String toString() {
            return "conflicting";
        }
    }
}
