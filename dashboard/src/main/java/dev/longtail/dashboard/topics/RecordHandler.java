package dev.longtail.dashboard.topics;

import dev.longtail.schemas.UndecodableRecordException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes in one record of a topic. */
@FunctionalInterface
interface RecordHandler {

    /**
     * @throws UndecodableRecordException when the bytes are no record of the expected kind
     * @throws IllegalArgumentException when the record contradicts itself or the experiment
     */
    void accept(ConsumerRecord<byte[], byte[]> message) throws UndecodableRecordException;
}
