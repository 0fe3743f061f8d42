package dev.longtail.dashboard.topics;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.longtail.dashboard.model.GroupEstimates;
import dev.longtail.schemas.MemorizationBlock;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.UndecodableRecordException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Where the history of every group stands; the counters themselves are read from Kafka when a curve
 * is asked for, since all of them together would be dozens of times the newest estimates.
 */
public final class HistoryIndex {

    private static final RecordCodec<MemorizationBlock> CODEC =
            RecordCodec.of(MemorizationBlock.class);
    private static final long CACHED_EXAMPLES = 500_000;

    private final RecordReader reader;
    private final Map<Integer, TreeMap<Long, Place>> places = new HashMap<>();
    private final Cache<Place, GroupEstimates> blocks =
            Caffeine.newBuilder()
                    .maximumWeight(CACHED_EXAMPLES)
                    .weigher((Place place, GroupEstimates block) -> 1 + block.size())
                    .build();

    HistoryIndex(RecordReader reader) {
        this.reader = reader;
    }

    /** The group's counters at the published trial counts, fewest trials first. */
    public List<GroupEstimates> history(int group) {
        List<GroupEstimates> history = new ArrayList<>();
        for (Place place : places(group)) {
            GroupEstimates block = blocks.get(place, this::read);
            if (block != null) {
                history.add(block);
            }
        }
        return history;
    }

    synchronized void accept(ConsumerRecord<byte[], byte[]> message)
            throws UndecodableRecordException {
        MemorizationBlock block = CODEC.decode(message.value());
        places.computeIfAbsent(block.getGroup(), g -> new TreeMap<>())
                .put(block.getTrials(), Place.of(message));
    }

    private synchronized List<Place> places(int group) {
        TreeMap<Long, Place> known = places.get(group);
        return known == null ? List.of() : List.copyOf(known.values());
    }

    private GroupEstimates read(Place place) {
        Optional<ConsumerRecord<byte[], byte[]>> message = reader.read(place);
        if (message.isEmpty()) {
            return null;
        }
        try {
            return GroupEstimates.of(CODEC.decode(message.get().value()));
        } catch (UndecodableRecordException e) {
            throw new IllegalStateException("was read before and cannot be read now: " + place, e);
        }
    }
}
