package dev.longtail.aggregator.publishing;

import dev.longtail.aggregator.sequencing.BlockStamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Collects the parts of publications until one is complete. Parts of different publications may
 * come mixed, because tasks are not equally fast. A complete publication ends all older ones.
 *
 * <p>Kept in memory only: a restored job publishes everything anew.
 *
 * @param <T> a part
 */
final class PublicationJoin<T> {

    private final TreeMap<BlockStamp, Parts<T>> open = new TreeMap<>();
    private BlockStamp lastComplete;

    private static final class Parts<T> {
        private final List<T> parts = new ArrayList<>();
        private int weight;
    }

    /**
     * Adds a part.
     *
     * @param weight how many of {@code whole} it stands for
     * @param whole weight of a complete publication
     * @return all parts of this part's publication once they are complete
     */
    Optional<List<T>> add(BlockStamp stamp, T part, int weight, int whole) {
        if (lastComplete != null && stamp.compareTo(lastComplete) <= 0) {
            return Optional.empty();
        }
        Parts<T> parts = open.computeIfAbsent(stamp, key -> new Parts<>());
        parts.parts.add(part);
        parts.weight += weight;
        if (parts.weight < whole) {
            return Optional.empty();
        }
        lastComplete = stamp;
        open.headMap(stamp, true).clear();
        return Optional.of(parts.parts);
    }
}
