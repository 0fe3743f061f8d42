package dev.longtail.aggregator.validation;

/**
 * A valid trial, reduced to what counting needs.
 *
 * @param id its identity within the experiment
 * @param digest 16 bytes that decide whether another trial of the same id has the same vectors
 * @param converged whether its producer calls it converged
 * @param mask packed inclusion mask, n bits
 * @param trainCorrect packed correctness on the training examples, n bits
 * @param testCorrect packed correctness on the test examples, n' bits
 */
public record ReceivedTrial(
        String id,
        byte[] digest,
        boolean converged,
        byte[] mask,
        byte[] trainCorrect,
        byte[] testCorrect)
        implements CheckedRecord {}
