package dev.longtail.dashboard.topics;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where a record stands. */
record Place(String topic, int partition, long offset) {

    static Place of(ConsumerRecord<byte[], byte[]> message) {
        return new Place(message.topic(), message.partition(), message.offset());
    }
}
