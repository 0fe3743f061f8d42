/**
 * What travels between Longtail's programs: the Avro records (generated from {@code
 * src/main/avro}), their encoding, the layout of bit vectors and the names of the topics.
 *
 * <p>Start reading at {@link dev.longtail.schemas.Trial}, the one record that trainers publish,
 * then {@link dev.longtail.schemas.PackedBits} (its bit vectors), {@link
 * dev.longtail.schemas.RecordCodec} (its bytes) and {@link dev.longtail.schemas.ExperimentTopics}
 * (where it goes). This module knows neither Kafka nor Flink.
 */
package dev.longtail.schemas;
