/**
 * One way to set things for all programs: a flag {@code --some-name}, an environment variable
 * {@code LONGTAIL_SOME_NAME} or a line {@code some-name=...} in a file mean the same.
 *
 * <p>Each program has one typed class of picocli options. {@link
 * dev.longtail.settings.SettingsSources} fills in what no flag sets; {@link
 * dev.longtail.settings.SettingsTable} writes the table of the documentation; {@link
 * dev.longtail.settings.KafkaSettings} is the mixin that every program that talks to Kafka shares.
 */
package dev.longtail.settings;
