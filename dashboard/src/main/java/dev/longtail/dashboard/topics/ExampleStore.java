package dev.longtail.dashboard.topics;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.longtail.schemas.Example;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.Split;
import dev.longtail.schemas.UndecodableRecordException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Names and pictures of an experiment's examples. Keeps where each record stands (8 bytes an
 * example) and the bytes of as many as fit the cache; others are read from Kafka when asked for, so
 * that 1.28 million pictures need no memory of their size.
 */
public final class ExampleStore {

    private static final RecordCodec<Example> CODEC = RecordCodec.of(Example.class);
    private static final int NOT_SEEN = -1;
    private static final int OFFSET_BITS = 48;
    private static final int OVERHEAD_BYTES = 200;

    /** A name and a picture. */
    public record Card(String name, Optional<byte[]> picture) {

        static Card of(Example example) {
            ByteBuffer bytes = example.getPicture();
            return new Card(example.getName(), Optional.ofNullable(bytes).map(ExampleStore::copy));
        }

        int weight() {
            return OVERHEAD_BYTES + 2 * name.length() + picture.map(p -> p.length).orElse(0);
        }
    }

    private final String topic;
    private final RecordReader reader;
    private final Cache<String, Card> cards;
    private long[] trainPlaces = new long[0];
    private long[] testPlaces = new long[0];
    private long pictures;
    private long records;

    ExampleStore(ExperimentTopics topics, RecordReader reader, long cacheBytes) {
        this.topic = topics.examplesTopic();
        this.reader = reader;
        this.cards =
                Caffeine.newBuilder()
                        .maximumWeight(cacheBytes)
                        .weigher((String key, Card card) -> card.weight())
                        .build();
    }

    /** Whether any example has a picture. */
    public synchronized boolean hasPictures() {
        return pictures > 0;
    }

    /** Pictures published so far, repeats included. */
    public synchronized long pictures() {
        return pictures;
    }

    /** Examples read so far, repeats included. */
    synchronized long records() {
        return records;
    }

    /** Name and picture of an example; empty where none was published. */
    public Optional<Card> card(Split split, int index) {
        String key = ExperimentTopics.exampleKey(split, index);
        return Optional.ofNullable(cards.get(key, k -> read(split, index)));
    }

    synchronized void accept(ConsumerRecord<byte[], byte[]> message)
            throws UndecodableRecordException {
        Example example = CODEC.decode(message.value());
        if (example.getIndex() < 0) {
            throw new IllegalArgumentException(
                    "expected an index of at least 0, found " + example.getIndex());
        }
        remember(
                example.getSplit(),
                example.getIndex(),
                (long) message.partition() << OFFSET_BITS | message.offset());
        pictures += example.getPicture() == null ? 0 : 1;
        records++;
        cards.put(
                ExperimentTopics.exampleKey(example.getSplit(), example.getIndex()),
                Card.of(example));
    }

    private void remember(Split split, int index, long place) {
        if (split == Split.TRAIN) {
            trainPlaces = withRoomFor(trainPlaces, index);
            trainPlaces[index] = place;
        } else {
            testPlaces = withRoomFor(testPlaces, index);
            testPlaces[index] = place;
        }
    }

    private Card read(Split split, int index) {
        long place = place(split, index);
        if (place == NOT_SEEN) {
            return null;
        }
        Place where =
                new Place(topic, (int) (place >>> OFFSET_BITS), place & (1L << OFFSET_BITS) - 1);
        return reader.read(where).map(ExampleStore::decode).orElse(null);
    }

    private synchronized long place(Split split, int index) {
        long[] places = split == Split.TRAIN ? trainPlaces : testPlaces;
        return index < places.length ? places[index] : NOT_SEEN;
    }

    private static Card decode(ConsumerRecord<byte[], byte[]> message) {
        try {
            return Card.of(CODEC.decode(message.value()));
        } catch (UndecodableRecordException e) {
            throw new IllegalStateException(
                    "was read before and cannot be read now: " + Place.of(message), e);
        }
    }

    private static long[] withRoomFor(long[] places, int index) {
        if (index < places.length) {
            return places;
        }
        long[] larger = Arrays.copyOf(places, Math.max(index + 1, 2 * places.length));
        Arrays.fill(larger, places.length, larger.length, NOT_SEEN);
        return larger;
    }

    private static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy;
    }
}
