/**
 * An experiment without training: trials drawn from known accuracies, counted by the plain formula
 * and published to a real broker as the job would.
 */
package dev.longtail.dashboard.simulation;
