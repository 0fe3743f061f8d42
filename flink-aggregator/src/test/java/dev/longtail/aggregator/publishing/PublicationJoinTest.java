package dev.longtail.aggregator.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.aggregator.sequencing.BlockStamp;
import org.junit.jupiter.api.Test;

class PublicationJoinTest {

    private final PublicationJoin<String> join = new PublicationJoin<>();

    private static BlockStamp stamp(long attempt, long block) {
        return new BlockStamp(attempt, block, 10 * block, true, false);
    }

    @Test
    void partsOfDifferentPublicationsMayComeMixed() {
        assertThat(join.add(stamp(1, 1), "a1", 1, 2)).isEmpty();
        assertThat(join.add(stamp(1, 2), "a2", 1, 2)).isEmpty();
        assertThat(join.add(stamp(1, 1), "b1", 1, 2))
                .hasValueSatisfying(parts -> assertThat(parts).containsExactly("a1", "b1"));
        assertThat(join.add(stamp(1, 2), "b2", 1, 2))
                .hasValueSatisfying(parts -> assertThat(parts).containsExactly("a2", "b2"));
    }

    @Test
    void aCompletePublicationEndsOlderOnes() {
        join.add(stamp(1, 9), "lost", 1, 2);
        assertThat(join.add(stamp(2, 3), "new", 2, 2)).isPresent();
        assertThat(join.add(stamp(1, 9), "late", 1, 2)).isEmpty();
        assertThat(join.add(stamp(2, 3), "again", 2, 2)).isEmpty();
    }
}
