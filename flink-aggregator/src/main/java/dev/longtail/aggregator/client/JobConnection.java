package dev.longtail.aggregator.client;

import java.net.InetSocketAddress;
import org.apache.flink.api.common.JobID;

/**
 * Whom to ask for a job's state.
 *
 * @param counted the job as it announced itself
 * @param job its id
 * @param proxy of a TaskManager
 * @param client connected with the proxy
 */
record JobConnection(
        CountedExperiment counted, JobID job, InetSocketAddress proxy, TileStateClient client) {}
