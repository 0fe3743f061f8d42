/**
 * What requests are answered with: records that become JSON as they are. Each is computed from one
 * immutable snapshot, so all its numbers are from the same moment; each says from how many trials.
 */
package dev.longtail.dashboard.answers;
