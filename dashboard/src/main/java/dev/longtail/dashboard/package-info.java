/**
 * The dashboard: one process that follows the experiments' topics, keeps a model of each in memory
 * and shows it to browsers over HTTP and server-sent events.
 *
 * <p>Start reading at {@link dev.longtail.dashboard.Dashboard}, which wires the parts: {@code
 * topics} (from Kafka into the model), {@code model} (immutable snapshots of what is known), {@code
 * flink} (the job's health), {@code answers} (what a request is answered with) and {@code web} (the
 * server). Numbers come from {@code dev.longtail.estimators}; nothing is estimated here.
 */
package dev.longtail.dashboard;
