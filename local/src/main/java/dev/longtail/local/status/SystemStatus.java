package dev.longtail.local.status;

import java.util.List;

/**
 * A system's state.
 *
 * @param running whether a system runs in the work directory
 * @param workDir the work directory
 * @param bootstrapServers its broker; null when none runs
 * @param flinkRest Flink's REST interface; null when none runs
 * @param dashboardUrl the dashboard; null when none runs
 * @param experiments one entry per job, and per experiment without a job
 */
public record SystemStatus(
        boolean running,
        String workDir,
        String bootstrapServers,
        String flinkRest,
        String dashboardUrl,
        List<ExperimentStatus> experiments) {}
