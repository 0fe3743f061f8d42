package dev.longtail.aggregator.publishing;

import dev.longtail.schemas.TopicPlan;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends records to Kafka at least once. What is sent twice is an upsert of a complete value under
 * the same key, so nobody needs transactions.
 */
public final class OutputSinks {

    /**
     * One request is under way at a time, with one batch of each topic: by Kafka's default, 16 KiB,
     * each of the thousands of groups of a large experiment would wait for an answer of its own.
     */
    private static final int BATCH_BYTES = 256 * 1024;

    private final Properties kafka;

    /**
     * Sinks.
     *
     * @param kafka client properties, the brokers included
     */
    public OutputSinks(Properties kafka) {
        this.kafka = kafka;
    }

    /**
     * Sends a stream.
     *
     * @param name name of the sink's state
     */
    public DataStreamSink<OutputRecord> send(DataStream<OutputRecord> records, String name) {
        KafkaSink<OutputRecord> sink =
                KafkaSink.<OutputRecord>builder()
                        .setKafkaProducerConfig(kafka)
                        .setProperty(
                                "max.request.size", String.valueOf(TopicPlan.LARGEST_OUTPUT_BYTES))
                        .setProperty("compression.type", "zstd")
                        .setProperty("linger.ms", "5")
                        .setProperty(
                                "batch.size",
                                kafka.getProperty("batch.size", String.valueOf(BATCH_BYTES)))
                        // The first batch to a fresh topic may be refused while its leader is not
                        // ready; with the second under way it could never be delivered any more.
                        .setProperty("max.in.flight.requests.per.connection", "1")
                        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                        .setRecordSerializer(new ToProducerRecord())
                        .build();
        return records.sinkTo(sink).name("send " + name).uid("sink-" + name);
    }

    private static final class ToProducerRecord
            implements KafkaRecordSerializationSchema<OutputRecord> {

        @Override
        public ProducerRecord<byte[], byte[]> serialize(
                OutputRecord record, KafkaSinkContext context, Long timestamp) {
            return new ProducerRecord<>(record.topic(), record.key(), record.value());
        }
    }
}
