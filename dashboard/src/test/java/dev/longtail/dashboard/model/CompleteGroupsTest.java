package dev.longtail.dashboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CompleteGroupsTest {

    private record Value(int group, int groups, long attempt, long block, long trials)
            implements GroupValue {}

    private static Value value(int group, long attempt, long block) {
        return new Value(group, 2, attempt, block, 10 * block);
    }

    @Test
    void showsTheLastSetFromTheSameTrials() {
        CompleteGroups<Value> groups = new CompleteGroups<>();
        groups.put(value(0, 1, 1));
        groups.put(value(1, 1, 1));
        assertThat(groups.put(value(0, 1, 2))).isFalse();
        assertThat(groups.shown()).extracting(Value::block).containsExactly(1L, 1L);
        assertThat(groups.put(value(1, 1, 2))).isTrue();
        assertThat(groups.shown()).extracting(Value::block).containsExactly(2L, 2L);
    }

    @Test
    void showsWhatThereIsUntilTheFirstSetIsComplete() {
        CompleteGroups<Value> groups = new CompleteGroups<>();
        assertThat(groups.put(value(1, 1, 3))).isTrue();
        assertThat(groups.shown()).containsExactly(value(1, 1, 3));
    }

    @Test
    void prefersTheHigherAttemptEvenWithFewerTrials() {
        CompleteGroups<Value> groups = new CompleteGroups<>();
        groups.put(value(0, 1, 7));
        groups.put(value(1, 1, 7));
        groups.put(value(0, 2, 5));
        groups.put(value(1, 2, 5));
        assertThat(groups.shown()).extracting(Value::block).containsExactly(5L, 5L);
        assertThat(groups.put(value(0, 1, 9))).isFalse();
        assertThat(groups.shown()).extracting(Value::attempt).containsExactly(2L, 2L);
    }

    @Test
    void forgetsAnotherLayout() {
        CompleteGroups<Value> groups = new CompleteGroups<>();
        groups.put(value(0, 1, 1));
        groups.put(value(1, 1, 1));
        groups.put(new Value(0, 1, 2, 2, 20));
        assertThat(groups.shown()).containsExactly(new Value(0, 1, 2, 2, 20));
    }

    @Property
    void neverMixesTrials(@ForAll @Size(max = 60) List<@IntRange(max = 2) Integer> order) {
        CompleteGroups<Value> groups = new CompleteGroups<>();
        long[] blocks = new long[3];
        for (int group : order) {
            groups.put(new Value(group, 3, 1, ++blocks[group], blocks[group]));
            Collection<Value> shown = groups.shown();
            assertThat(new ArrayList<>(shown))
                    .extracting(Value::block)
                    .satisfies(all -> assertThat(all.stream().distinct().count()).isEqualTo(1));
        }
    }
}
