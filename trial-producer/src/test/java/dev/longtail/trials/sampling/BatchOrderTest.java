package dev.longtail.trials.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BatchOrderTest {

    @Property(tries = 200)
    void everyEpochShowsEveryExampleAndFillsTheLastBatchFromItsBeginning(
            @ForAll @IntRange(min = 1, max = 200) int size,
            @ForAll @IntRange(min = 1, max = 250) int batch) {
        int[] examples = IntStream.range(0, size).map(i -> 3 * i + 1).toArray();
        BatchOrder order = new BatchOrder(examples, batch, TrialSeeds.generator(5));
        int[] epoch = order.nextEpoch();
        assertThat(epoch).hasSize(order.steps() * order.batchSize());
        int[] first = Arrays.copyOf(epoch, size);
        Arrays.sort(first);
        assertThat(first).isEqualTo(examples);
        assertThat(Arrays.copyOfRange(epoch, size, epoch.length))
                .isEqualTo(Arrays.copyOf(epoch, epoch.length - size));
    }

    @Test
    void epochsDifferAndFollowFromTheSeed() {
        int[] examples = IntStream.range(0, 100).toArray();
        BatchOrder one = new BatchOrder(examples, 10, TrialSeeds.generator(1));
        BatchOrder same = new BatchOrder(examples, 10, TrialSeeds.generator(1));
        int[] first = one.nextEpoch();
        int[] second = one.nextEpoch();
        assertThat(first).isNotEqualTo(second);
        assertThat(same.nextEpoch()).isEqualTo(first);
        assertThat(same.nextEpoch()).isEqualTo(second);
    }
}
