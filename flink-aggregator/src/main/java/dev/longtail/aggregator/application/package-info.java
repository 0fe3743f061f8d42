/**
 * The job as an application of its own cluster, as in Kubernetes: Flink's JobManager calls {@link
 * dev.longtail.aggregator.application.ApplicationJob}'s main whenever it starts, and that decides
 * from which state the job goes on.
 */
package dev.longtail.aggregator.application;
