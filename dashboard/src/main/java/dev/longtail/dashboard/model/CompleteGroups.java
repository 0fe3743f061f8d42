package dev.longtail.dashboard.model;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * The newest values of all groups that are from exactly the same trials.
 *
 * <p>Groups arrive one by one, so that for moments some are a block ahead of others. What is shown
 * is the last set in which every group is of one attempt and one block; only until there was such a
 * set, the groups of the newest block stand alone.
 */
final class CompleteGroups<T extends GroupValue> {

    private final TreeMap<Integer, T> newest = new TreeMap<>();
    private List<T> complete = List.of();

    /**
     * Takes in a value.
     *
     * @return whether what is shown has changed
     */
    boolean put(T value) {
        T old = newest.get(value.group());
        if (old != null && isOlder(value, old)) {
            return false;
        }
        // Another number of groups is another layout: the old one's groups would overlap.
        newest.values().removeIf(other -> other.groups() != value.groups());
        newest.put(value.group(), value);
        if (newest.size() == value.groups()
                && newest.values().stream().allMatch(v -> same(v, value))) {
            complete = List.copyOf(newest.values());
            return true;
        }
        return complete.isEmpty();
    }

    /** Values from the same trials: those of all groups, or of the newest block's so far. */
    Collection<T> shown() {
        if (!complete.isEmpty() || newest.isEmpty()) {
            return complete;
        }
        T ahead = newest.values().stream().reduce((a, b) -> isOlder(a, b) ? b : a).orElseThrow();
        return newest.values().stream().filter(value -> same(value, ahead)).toList();
    }

    private static boolean same(GroupValue a, GroupValue b) {
        return a.attempt() == b.attempt() && a.block() == b.block();
    }

    private static boolean isOlder(GroupValue a, GroupValue b) {
        return a.attempt() < b.attempt() || a.attempt() == b.attempt() && a.block() < b.block();
    }
}
