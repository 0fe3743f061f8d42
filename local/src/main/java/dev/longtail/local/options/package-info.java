/**
 * Options that a command takes on behalf of the programs it starts. Start reading at {@link
 * dev.longtail.local.options.ForwardedOptions}.
 */
package dev.longtail.local.options;
