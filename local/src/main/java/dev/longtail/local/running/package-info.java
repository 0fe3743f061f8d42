/**
 * A whole system on this machine: broker, Flink cluster with its jobs, dashboard, trainers. Start
 * reading at {@link dev.longtail.local.running.LocalSystem}.
 */
package dev.longtail.local.running;
