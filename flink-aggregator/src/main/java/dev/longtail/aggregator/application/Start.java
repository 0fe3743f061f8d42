package dev.longtail.aggregator.application;

import dev.longtail.aggregator.JobSettings;

/**
 * A start of the job in application mode.
 *
 * @param settings whose {@code restore} says what it is restored from
 * @param asked what {@code --restore} was before that, as it is noted with the attempts
 */
record Start(JobSettings settings, String asked) {

    private static final int FAILED = 1;

    /** Whether Flink's high availability keeps the pointer to the newest checkpoint. */
    boolean isHighlyAvailable() {
        return asked.startsWith(JobSettings.HIGH_AVAILABILITY);
    }

    /** Whether it is restored from a path that is known here. */
    boolean hasPath() {
        return settings.checkpointDir() != null
                && !settings.restore().equals(ApplicationJob.NONE)
                && !settings.restore().equals(JobSettings.HIGH_AVAILABILITY);
    }

    /**
     * Under high availability a job that has ended is never run again, and the operator has the
     * JobManager stay to tell so. One that must go on from an older state may not end: its process
     * does, and Kubernetes starts it anew.
     */
    void endProcessWhereFlinkWouldKeepIt() {
        if (isHighlyAvailable()) {
            System.exit(FAILED);
        }
    }
}
