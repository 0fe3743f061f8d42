package dev.longtail.exchange.replaying;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** How many records a topic holds, so that progress can be shown. */
public final class TopicSize {

    private TopicSize() {}

    /**
     * Records from the beginning to the present end.
     *
     * @param kafka properties of Kafka clients
     * @throws IllegalStateException when Kafka cannot be asked, for example because the topic does
     *     not exist
     */
    public static long records(Properties kafka, String topic) {
        try (Admin admin = Admin.create(kafka)) {
            List<TopicPartition> partitions =
                    admin
                            .describeTopics(List.of(topic))
                            .allTopicNames()
                            .get()
                            .get(topic)
                            .partitions()
                            .stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            return sum(admin, partitions, OffsetSpec.latest())
                    - sum(admin, partitions, OffsetSpec.earliest());
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot read topic " + topic, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking for topic " + topic, e);
        }
    }

    private static long sum(Admin admin, List<TopicPartition> partitions, OffsetSpec spec)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> wanted =
                partitions.stream().collect(Collectors.toMap(Function.identity(), key -> spec));
        return admin.listOffsets(wanted).all().get().values().stream()
                .mapToLong(offset -> offset.offset())
                .sum();
    }
}
