package dev.longtail.aggregator.sequencing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.aggregator.JobPlan;
import dev.longtail.aggregator.Pacing;
import dev.longtail.aggregator.RandomTrials;
import dev.longtail.aggregator.Thresholds;
import dev.longtail.estimators.counting.PairScope;
import dev.longtail.estimators.counting.TileLimits;
import dev.longtail.estimators.counting.TileRecord;
import dev.longtail.estimators.counting.Tiling;
import dev.longtail.estimators.counting.TrialBlock;
import dev.longtail.schemas.PackedBits;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;

class BlockPreparationTest {

    private static final int STEPS_AFTER_THE_TRIALS = 3;

    /** What a sender sends. */
    private static final class Sent implements Collector<TileMessage> {

        private final List<TileMessage> messages = new ArrayList<>();

        @Override
        public void collect(TileMessage message) {
            messages.add(message);
        }

        @Override
        public void close() {}
    }

    @Property(tries = 30)
    void preparesTheBlockOfItsTrialsStepByStep(
            @ForAll @IntRange(min = 0, max = 70) int before,
            @ForAll @IntRange(min = 1, max = 70) int trials,
            @ForAll @IntRange(min = 1, max = 40) int train,
            @ForAll @IntRange(min = 0, max = 40) int test,
            @ForAll long seed)
            throws Exception {
        RandomTrials all = new RandomTrials("prepared", train, test, before + trials, seed);
        JobPlan plan = plan(all);
        BlockStamp stamp = new BlockStamp(1, 3, before + trials, true, false);
        TrialTotals totalsBefore = new TrialTotals(1_000, 100, 10, 1);
        BlockPreparation preparation = new BlockPreparation(plan, stamp, totalsBefore, trials);
        int steps = 0;
        while (!preparation.isDone()) {
            preparation.step(number -> pending(all, (int) number));
            steps++;
        }
        assertThat(steps).isEqualTo(trials + STEPS_AFTER_THE_TRIALS);

        BlockSender sender = preparation.sender();
        assertThat(sender.totalsAfter()).isEqualTo(totals(all, before, totalsBefore));
        TrialBlock reference = block(all, before);
        for (Tiling.Tile tile : plan.tiling().tiles()) {
            Sent sent = new Sent();
            sender.send(tile.id(), stamp, sent);
            assertThat(sent.messages).hasSize(1);
            TileRecord record = sent.messages.get(0).block();
            TileRecord expected =
                    reference.tile(reference.rows(tile.train()), reference.columns(tile.test()));
            assertThat(record.header()).isEqualTo(expected.header());
            assertThat(record.rows()).isEqualTo(expected.rows());
            assertThat(record.columns()).isEqualTo(expected.columns());
        }
    }

    /** All at once, as those make it that have all trials in memory. */
    private static TrialBlock block(RandomTrials all, int before) {
        return new TrialBlock(
                3,
                before,
                true,
                packed(all.masks, before),
                packed(all.trainCorrect, before),
                packed(all.testCorrect, before),
                all.trainSize,
                all.testSize);
    }

    private static List<byte[]> packed(List<boolean[]> vectors, int before) {
        return vectors.stream().skip(before).map(PackedBits::pack).toList();
    }

    @Test
    void needsNoStepWhereNothingIsPending() {
        RandomTrials all = new RandomTrials("prepared", 9, 9, 5, 1);
        JobPlan plan = plan(all);
        BlockStamp stamp = new BlockStamp(1, 3, 5, true, false);
        TrialTotals totals = new TrialTotals(4, 3, 2, 1);
        BlockPreparation preparation = new BlockPreparation(plan, stamp, totals, 0);
        assertThat(preparation.isDone()).isTrue();
        Sent sent = new Sent();
        preparation.sender().send(0, stamp, sent);
        assertThat(preparation.sender().totalsAfter()).isEqualTo(totals);
        assertThat(sent.messages)
                .containsExactly(new TileMessage(0, stamp, TileRecord.NONE))
                .allMatch(message -> message.block().isNone());
    }

    private static JobPlan plan(RandomTrials all) {
        return new JobPlan(
                all.experiment(),
                "prepared",
                all.testSize == 0 ? new PairScope.None() : new PairScope.All(),
                new TileLimits(7, 11),
                false,
                Thresholds.DEFAULT,
                Pacing.DEFAULT);
    }

    private static byte[] pending(RandomTrials all, int number) {
        byte[] mask = PackedBits.pack(all.masks.get(number));
        byte[] train = PackedBits.pack(all.trainCorrect.get(number));
        byte[] test = PackedBits.pack(all.testCorrect.get(number));
        byte[] bytes = new byte[mask.length + train.length + test.length];
        System.arraycopy(mask, 0, bytes, 0, mask.length);
        System.arraycopy(train, 0, bytes, mask.length, train.length);
        System.arraycopy(test, 0, bytes, mask.length + train.length, test.length);
        return bytes;
    }

    private static TrialTotals totals(RandomTrials all, int before, TrialTotals totalsBefore) {
        long[] sums = new long[4];
        for (int k = before; k < all.trials(); k++) {
            for (int i = 0; i < all.trainSize; i++) {
                boolean in = all.masks.get(k)[i];
                boolean correct = all.trainCorrect.get(k)[i];
                sums[0] += in ? 1 : 0;
                sums[1] += in && correct ? 1 : 0;
                sums[2] += !in && correct ? 1 : 0;
            }
            for (boolean correct : all.testCorrect.get(k)) {
                sums[3] += correct ? 1 : 0;
            }
        }
        return new TrialTotals(
                totalsBefore.included() + sums[0],
                totalsBefore.includedCorrect() + sums[1],
                totalsBefore.heldOutCorrect() + sums[2],
                totalsBefore.testCorrect() + sums[3]);
    }
}
