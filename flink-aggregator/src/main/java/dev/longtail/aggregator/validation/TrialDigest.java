package dev.longtail.aggregator.validation;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The first 128 bits of SHA-256 over mask and correctness vectors: decides whether a repeated trial
 * id brings the same trial. Timings and accuracies differ between re-runs of one trial and are left
 * out. Not safe for use by several threads.
 */
final class TrialDigest {

    private static final int BYTES = 16;

    private final MessageDigest sha256;

    TrialDigest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The digest; the lengths of the vectors are fixed by the experiment and need no mark. */
    byte[] of(byte[] mask, byte[] trainCorrect, byte[] testCorrect) {
        sha256.update(mask);
        sha256.update(trainCorrect);
        return Arrays.copyOf(sha256.digest(testCorrect), BYTES);
    }
}
