/** The entry point of the dashboard's container image. */
package dev.longtail.images.dashboard;
