package dev.longtail.dashboard.topics;

import dev.longtail.schemas.UndecodableRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that reads some topics from the beginning and then on as records arrive, without a
 * consumer group: every dashboard sees everything. Topics that do not exist yet are taken up when
 * they appear. A record that cannot be read is logged with its place, counted and passed over.
 */
final class TopicFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration LOOK_FOR_TOPICS = Duration.ofSeconds(1);
    private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(1);

    /** Where to begin in a topic and what to do with its records. */
    record Followed(RecordHandler handler, long fromTheEnd) {

        /** All records of the topic. */
        static Followed whole(RecordHandler handler) {
            return new Followed(handler, Long.MAX_VALUE);
        }

        /** The last records of each partition, then what follows. */
        static Followed tail(long records, RecordHandler handler) {
            return new Followed(handler, records);
        }
    }

    private final Properties kafka;
    private final Map<String, Followed> topics;
    private final Runnable onLoaded;
    private final Runnable onUnreadable;
    private final Thread thread;
    private final Map<TopicPartition, Long> endAtStart = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile KafkaConsumer<byte[], byte[]> consumer;

    TopicFollower(
            String name,
            Properties kafka,
            Map<String, Followed> topics,
            Runnable onLoaded,
            Runnable onUnreadable) {
        this.kafka = kafka;
        this.topics = Map.copyOf(topics);
        this.onLoaded = onLoaded;
        this.onUnreadable = onUnreadable;
        this.thread = new Thread(this::run, "follow-" + name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
        KafkaConsumer<byte[], byte[]> running = consumer;
        if (running != null) {
            running.wakeup();
        }
    }

    private void run() {
        while (!isClosed()) {
            try (KafkaConsumer<byte[], byte[]> opened = Consumers.open(kafka)) {
                consumer = opened;
                endAtStart.clear();
                follow(opened);
            } catch (WakeupException | InterruptException e) {
                // Only close() does that.
            } catch (KafkaException e) {
                LOG.warn("{}: reading stopped, begins anew: {}", thread.getName(), e.toString());
                pause();
            }
        }
    }

    private void follow(KafkaConsumer<byte[], byte[]> opened) {
        long lookAgain = System.nanoTime();
        while (!isClosed()) {
            if (System.nanoTime() - lookAgain >= 0) {
                takeUpNewTopics(opened);
                lookAgain = System.nanoTime() + LOOK_FOR_TOPICS.toNanos();
            }
            if (opened.assignment().isEmpty()) {
                pause();
                continue;
            }
            opened.poll(POLL).forEach(this::handle);
            noticeLoaded(opened);
        }
    }

    private void takeUpNewTopics(KafkaConsumer<byte[], byte[]> opened) {
        Set<TopicPartition> assigned = new HashSet<>(opened.assignment());
        List<TopicPartition> fresh = new ArrayList<>();
        for (String topic : topics.keySet()) {
            boolean known = assigned.stream().anyMatch(p -> p.topic().equals(topic));
            if (!known) {
                for (PartitionInfo partition : partitions(opened, topic)) {
                    fresh.add(new TopicPartition(topic, partition.partition()));
                }
            }
        }
        if (fresh.isEmpty()) {
            return;
        }
        assigned.addAll(fresh);
        opened.assign(assigned);
        Map<TopicPartition, Long> begin = opened.beginningOffsets(fresh);
        Map<TopicPartition, Long> end = opened.endOffsets(fresh);
        for (TopicPartition partition : fresh) {
            long tail = topics.get(partition.topic()).fromTheEnd();
            opened.seek(partition, Math.max(begin.get(partition), end.get(partition) - tail));
            endAtStart.put(partition, end.get(partition));
        }
    }

    private static List<PartitionInfo> partitions(
            KafkaConsumer<byte[], byte[]> opened, String topic) {
        List<PartitionInfo> partitions = opened.partitionsFor(topic);
        return partitions == null ? List.of() : partitions;
    }

    private void handle(ConsumerRecord<byte[], byte[]> message) {
        if (message.value() == null) {
            return; // A tombstone: the topic's cleaner is about to remove the key.
        }
        try {
            topics.get(message.topic()).handler().accept(message);
        } catch (UndecodableRecordException | IllegalArgumentException | ArithmeticException e) {
            LOG.warn("{}: passed over: {}", place(message), e.getMessage());
            onUnreadable.run();
        } catch (RuntimeException e) {
            LOG.error("{}: passed over after an error of this program", place(message), e);
            onUnreadable.run();
        }
    }

    private static String place(ConsumerRecord<byte[], byte[]> message) {
        return "%s partition %d offset %d"
                .formatted(message.topic(), message.partition(), message.offset());
    }

    private void noticeLoaded(KafkaConsumer<byte[], byte[]> opened) {
        endAtStart.entrySet().removeIf(e -> opened.position(e.getKey()) >= e.getValue());
        if (endAtStart.isEmpty()) {
            onLoaded.run();
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void pause() {
        try {
            closed.await(PAUSE_AFTER_ERROR.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closed.countDown();
        }
    }
}
