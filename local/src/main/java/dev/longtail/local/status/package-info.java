/**
 * What runs and how far it is, for people and programs. Start reading at {@link
 * dev.longtail.local.status.StatusReader}.
 */
package dev.longtail.local.status;
