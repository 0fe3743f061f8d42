/** The commands {@code job}, {@code replay} and {@code query}. */
package dev.longtail.aggregator.command;
