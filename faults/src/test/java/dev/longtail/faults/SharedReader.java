package dev.longtail.faults;

import dev.longtail.aggregator.client.EstimateReader;
import dev.longtail.aggregator.client.EstimateUnavailableException;

/** A reader of several threads, opened by the first that needs it; tried anew until it is. */
final class SharedReader implements AutoCloseable {

    private final Opening opening;
    private EstimateReader reader;

    /** Opens a reader. */
    interface Opening {

        /**
         * @throws EstimateUnavailableException when there is nothing to read yet
         */
        EstimateReader open() throws EstimateUnavailableException;
    }

    SharedReader(Opening opening) {
        this.opening = opening;
    }

    /**
     * The one reader.
     *
     * @throws EstimateUnavailableException when there is nothing to read yet
     */
    synchronized EstimateReader get() throws EstimateUnavailableException {
        if (reader == null) {
            reader = opening.open();
        }
        return reader;
    }

    @Override
    public synchronized void close() {
        if (reader != null) {
            reader.close();
        }
    }
}
