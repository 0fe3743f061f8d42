/**
 * A real Kafka broker of one node as a program. Start reading at {@link
 * dev.longtail.local.broker.KafkaBroker}.
 */
package dev.longtail.local.broker;
