/** The health of the counting jobs, asked from Flink's REST interface. */
package dev.longtail.dashboard.flink;
