package dev.longtail.aggregator.sequencing;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What became of the records read so far.
 *
 * @param received distinct valid trials
 * @param rejected records sent to the dead-letter topic
 * @param duplicates repeats of a trial with the same vectors
 * @param conflicts repeats of a trial id with other vectors
 * @param notConverged distinct valid trials flagged as not converged
 */
public record Tally(
        long received, long rejected, long duplicates, long conflicts, long notConverged) {

    /** Nothing read. */
    public static final Tally NONE = new Tally(0, 0, 0, 0, 0);

    Tally plusReceived(boolean converged) {
        return new Tally(
                received + 1, rejected, duplicates, conflicts, notConverged + (converged ? 0 : 1));
    }

    Tally plusRejected() {
        return new Tally(received, rejected + 1, duplicates, conflicts, notConverged);
    }

    Tally plusDuplicate() {
        return new Tally(received, rejected, duplicates + 1, conflicts, notConverged);
    }

    Tally plusConflict() {
        return new Tally(received, rejected, duplicates, conflicts + 1, notConverged);
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(received);
        out.writeLong(rejected);
        out.writeLong(duplicates);
        out.writeLong(conflicts);
        out.writeLong(notConverged);
    }

    static Tally read(DataInput in) throws IOException {
        return new Tally(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }
}
