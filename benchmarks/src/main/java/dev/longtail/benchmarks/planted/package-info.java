/**
 * {@code longtail bench planted}: known influences go in as simulated trials, through the whole
 * chain, and what comes out is held against them. Start reading at {@link
 * dev.longtail.benchmarks.planted.PlantedBenchCommand}.
 */
package dev.longtail.benchmarks.planted;
