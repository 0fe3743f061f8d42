/** The entry point of the trainer's container image. */
package dev.longtail.images.trainer;
