package dev.longtail.exchange.importing;

import java.io.IOException;
import java.util.Optional;

/** The trials of one experiment, as files have them, one after the other. */
public interface ImportSource extends AutoCloseable {

    /** Where they are, for people. */
    String description();

    /** Number of candidates, readable or not. */
    long size();

    /**
     * The next one, none after the last.
     *
     * @throws IOException when neither this nor any later one can be read
     */
    Optional<Candidate> next() throws IOException;

    /** How the subsets were drawn, as far as their sizes tell. */
    Sampling sampling();

    @Override
    void close() throws IOException;

    /** What a source knows about how subsets were drawn. */
    enum Sampling {
        /** All have the same size, or will be refused. */
        SAME_SIZE,
        /** Sizes differ. */
        ANY_SIZE
    }

    /** A trial that may or may not be read. */
    interface Candidate {

        /** Its id, known before it is read. */
        String id();

        /**
         * Reads and checks it.
         *
         * @throws IOException when this one cannot be imported; later ones may
         */
        ImportedTrial read() throws IOException;
    }
}
