package dev.longtail.aggregator.validation;

import dev.longtail.aggregator.JobPlan;
import dev.longtail.aggregator.source.RawRecord;
import dev.longtail.schemas.PackedBits;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.RejectionReason;
import dev.longtail.schemas.Trial;
import dev.longtail.schemas.UndecodableRecordException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Decides whether a record is a trial of the experiment that may be counted. Every doubt rejects:
 * one wrong bit counted stays in the estimates for ever. Not safe for use by several threads.
 */
public final class TrialValidator {

    private static final int LONGEST_ID = 200;

    /** What a trial may have besides its vectors: id, worker, timings. */
    private static final int SLACK_BYTES = 64 * 1024;

    private final String experiment;
    private final int trainSize;
    private final int testSize;
    private final OptionalInt subsetSize;
    private final int largestValue;
    private final RecordCodec<Trial> codec = RecordCodec.of(Trial.class);
    private final TrialDigest digest = new TrialDigest();

    /** A validator for the trials that a job counts. */
    TrialValidator(JobPlan plan) {
        this(plan.experiment(), plan.trainSize(), plan.testSize(), plan.subsetSize());
    }

    /**
     * A validator for the trials of an experiment.
     *
     * @param trainSize n
     * @param testSize n'
     * @param subsetSize m; empty where the sampler does not fix it
     */
    public TrialValidator(String experiment, int trainSize, int testSize, OptionalInt subsetSize) {
        this.experiment = experiment;
        this.trainSize = trainSize;
        this.testSize = testSize;
        this.subsetSize = subsetSize;
        this.largestValue =
                2 * PackedBits.byteLength(trainSize)
                        + PackedBits.byteLength(testSize)
                        + SLACK_BYTES;
    }

    /**
     * The trial in a record.
     *
     * @throws InvalidTrialException when it must not be counted; no record causes any other
     *     exception
     */
    public ReceivedTrial validate(RawRecord record) throws InvalidTrialException {
        Trial trial = decode(record.value());
        requireIdentity(trial, record.key());
        byte[] mask = vector("mask", trial.getMask(), trainSize);
        byte[] trainCorrect = vector("trainCorrect", trial.getTrainCorrect(), trainSize);
        byte[] testCorrect = vector("testCorrect", trial.getTestCorrect(), testSize);
        requireSubsetSize(mask);
        return new ReceivedTrial(
                trial.getId(),
                digest.of(mask, trainCorrect, testCorrect),
                trial.getConverged(),
                mask,
                trainCorrect,
                testCorrect);
    }

    private Trial decode(byte[] value) throws InvalidTrialException {
        if (value == null) {
            throw new InvalidTrialException(
                    RejectionReason.UNDECODABLE, "expected a Trial, found a record without value");
        }
        try {
            // Before the size: what a newer release writes may be larger than any trial known here,
            // and "update the job" helps more than "too large".
            codec.requireHeader(value);
            requireSize(value);
            return codec.decode(value);
        } catch (UndecodableRecordException e) {
            throw new InvalidTrialException(e.reason(), e.getMessage());
        } catch (RuntimeException e) {
            throw new InvalidTrialException(RejectionReason.UNDECODABLE, "not a Trial: " + e);
        }
    }

    private void requireSize(byte[] value) throws InvalidTrialException {
        if (value.length > largestValue) {
            throw new InvalidTrialException(
                    RejectionReason.TOO_LARGE,
                    "expected at most %d bytes for a trial of %d training and %d test examples, found %d"
                            .formatted(largestValue, trainSize, testSize, value.length));
        }
    }

    private void requireIdentity(Trial trial, byte[] key) throws InvalidTrialException {
        if (!trial.getExperiment().equals(experiment)) {
            throw new InvalidTrialException(
                    RejectionReason.UNKNOWN_EXPERIMENT,
                    "expected a trial of the experiment '%s', found one of '%s'"
                            .formatted(experiment, shortened(trial.getExperiment())));
        }
        String id = trial.getId();
        if (id.isEmpty() || id.length() > LONGEST_ID) {
            throw new InvalidTrialException(
                    RejectionReason.WRONG_ID,
                    "expected a trial id of 1 to %d characters, found %d"
                            .formatted(LONGEST_ID, id.length()));
        }
        if (!Arrays.equals(id.getBytes(StandardCharsets.UTF_8), key)) {
            throw new InvalidTrialException(
                    RejectionReason.WRONG_KEY,
                    "expected the trial's id '%s' as the record's key, found %s"
                            .formatted(id, key == null ? "no key" : "another key"));
        }
    }

    private static byte[] vector(String field, ByteBuffer bytes, int size)
            throws InvalidTrialException {
        int expected = PackedBits.byteLength(size);
        if (bytes.remaining() != expected) {
            throw new InvalidTrialException(
                    RejectionReason.WRONG_LENGTH,
                    "expected %d bytes in %s for %d examples, found %d"
                            .formatted(expected, field, size, bytes.remaining()));
        }
        byte[] packed = new byte[expected];
        bytes.duplicate().get(packed);
        if (!PackedBits.isPaddingClear(packed, size)) {
            throw new InvalidTrialException(
                    RejectionReason.PADDING_SET,
                    "expected the unused bits of %s from %d on to be 0, found last byte 0x%02x"
                            .formatted(field, size, packed[expected - 1]));
        }
        return packed;
    }

    private void requireSubsetSize(byte[] mask) throws InvalidTrialException {
        if (subsetSize.isEmpty()) {
            return;
        }
        int expected = subsetSize.getAsInt();
        int found = PackedBits.count(mask);
        if (found != expected) {
            throw new InvalidTrialException(
                    RejectionReason.WRONG_SUBSET_SIZE,
                    "expected %d included training examples, as the fixed-size sampler draws, found %d"
                            .formatted(expected, found));
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_ID ? text : text.substring(0, LONGEST_ID) + "…";
    }
}
