/**
 * The Flink process of a system on this machine: one job per experiment, restored from the newest
 * usable state. Start reading at {@link dev.longtail.local.cluster.CountingJob}.
 */
package dev.longtail.local.cluster;
