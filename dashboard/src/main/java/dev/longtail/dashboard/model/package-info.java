/**
 * What is known of an experiment, as immutable snapshots: one writer (the topic's follower)
 * replaces them, any number of readers share them.
 */
package dev.longtail.dashboard.model;
