package dev.longtail.aggregator.sequencing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.aggregator.JobPlan;
import dev.longtail.aggregator.Pacing;
import dev.longtail.aggregator.RandomTrials;
import dev.longtail.aggregator.Thresholds;
import dev.longtail.aggregator.validation.CheckedRecord;
import dev.longtail.aggregator.validation.ReceivedTrial;
import dev.longtail.estimators.counting.PairScope;
import dev.longtail.estimators.counting.TileBlock;
import dev.longtail.estimators.counting.TileLimits;
import dev.longtail.schemas.PackedBits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.io.network.partition.MockResultPartitionWriter;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Blocks in the smallest steps, in Flink's own harness for operators. */
class SequencerFunctionTest {

    private static final int BLOCK = 6;

    /** Trials of the next block that are taken in without a step. */
    private static final int FREE = BLOCK / 2;

    /** Trials read, three kinds of vectors turned into columns, the sender made. */
    private static final int PREPARING = BLOCK + 4;

    private static final int MOST_PUSHES = PREPARING + 5;
    private static final long START = 1_000_000;

    /** A step ends with what it is at. */
    private static final long AT_ONCE = 0;

    private final RandomTrials trials =
            new RandomTrials("steps", 11, 9, BLOCK + FREE + MOST_PUSHES, 3);
    private final JobPlan plan =
            new JobPlan(
                    trials.experiment(),
                    "steps",
                    new PairScope.All(),
                    new TileLimits(4, 5),
                    false,
                    Thresholds.DEFAULT,
                    new Pacing(BLOCK, 1_000, 1));
    private final int tiles = plan.tiling().tileCount();

    /** The way to the tiles. */
    private static final class Room extends MockResultPartitionWriter {

        private final IntSupplier sent;
        private int tiles = Integer.MAX_VALUE;

        Room(IntSupplier sent) {
            this.sent = sent;
        }

        @Override
        public CompletableFuture<?> getAvailableFuture() {
            return sent.getAsInt() < tiles ? AVAILABLE : new CompletableFuture<>();
        }
    }

    /** The sequencer between Flink's clock and state. */
    private final class Running implements AutoCloseable {

        private final KeyedOneInputStreamOperatorTestHarness<Integer, CheckedRecord, TileMessage>
                harness;
        private final Room room = new Room(() -> sent().size());

        Running(OperatorSubtaskState state) throws Exception {
            this(state, AT_ONCE);
        }

        Running(OperatorSubtaskState state, long stepNanos) throws Exception {
            harness =
                    new KeyedOneInputStreamOperatorTestHarness<>(
                            new SequencerOperator(new SequencerFunction(plan, false, stepNanos)),
                            trial -> SequencerFunction.KEY,
                            Types.INT);
            ((MockEnvironment) harness.getEnvironment())
                    .addOutputs(List.of(new Room(() -> 0), room));
            harness.setup(TileMessage.TYPE.createSerializer(null));
            if (state != null) {
                harness.initializeState(state);
            }
            harness.open();
            harness.setProcessingTime(START);
        }

        void receive(int from, int to) throws Exception {
            for (int k = from; k < to; k++) {
                harness.processElement(new StreamRecord<>(trial(k)));
            }
        }

        /** A block, and as many trials behind it as push it on by some steps. */
        void receiveAndPush(int steps) throws Exception {
            receive(0, BLOCK + FREE + steps);
        }

        void endInput() throws Exception {
            harness.processWatermark(Long.MAX_VALUE);
        }

        List<TileMessage> sent() {
            return harness.extractOutputValues();
        }

        /** The publications that were told. */
        List<BlockStamp> told() {
            var progress = harness.getSideOutput(SequencerFunction.PROGRESS);
            return progress == null
                    ? List.of()
                    : progress.stream()
                            .map(record -> record.getValue().stamp())
                            .filter(BlockStamp::publish)
                            .toList();
        }

        @Override
        public void close() throws Exception {
            harness.close();
        }
    }

    private ReceivedTrial trial(int k) {
        return new ReceivedTrial(
                "trial-" + k,
                new byte[16],
                true,
                PackedBits.pack(trials.masks.get(k)),
                PackedBits.pack(trials.trainCorrect.get(k)),
                PackedBits.pack(trials.testCorrect.get(k)));
    }

    @Test
    void aPauseLetsAPartOfABlockBePublished() throws Exception {
        try (Running running = new Running(null)) {
            running.receive(0, BLOCK - 1);
            running.harness.setProcessingTime(START + 250);
            assertThat(running.sent()).isEmpty();
            running.harness.setProcessingTime(START + 500);
            assertThat(running.told()).extracting(BlockStamp::trials).containsExactly(BLOCK - 1L);
            assertEveryTileOnce(running.sent(), BLOCK - 1);
        }
    }

    @Test
    void trialsOfTheNextBlockPushThePreparationOn() throws Exception {
        try (Running running = new Running(null)) {
            running.receiveAndPush(PREPARING);
            assertThat(running.sent()).isEmpty();
            int next = BLOCK + FREE + PREPARING;
            running.receive(next, next + 1);
            assertThat(running.sent()).isNotEmpty().hasSizeLessThan(tiles);
        }
    }

    /** A barrier can pass between two looks. */
    @Test
    void aStepEndsWhereThereIsNoRoomForATile() throws Exception {
        for (int room = 0; room < tiles; room++) {
            try (Running running = new Running(null, Long.MAX_VALUE)) {
                running.receive(0, BLOCK - 1);
                running.room.tiles = room;
                for (long time = START; time < START + 1_000; time += 10) {
                    running.harness.setProcessingTime(time);
                }
                assertThat(running.told()).hasSize(1);
                assertThat(running.sent()).hasSize(room);

                running.room.tiles = Integer.MAX_VALUE;
                running.harness.setProcessingTime(START + 1_010);
                assertEveryTileOnce(running.sent(), BLOCK - 1);
            }
        }
    }

    @Test
    void theEndOfTheInputCompletesWhatIsBeingPrepared() throws Exception {
        for (int pushes = 0; pushes <= MOST_PUSHES; pushes++) {
            try (Running running = new Running(null)) {
                running.receiveAndPush(pushes);
                running.endInput();
                int all = BLOCK + FREE + pushes;
                assertThat(running.told())
                        .extracting(BlockStamp::trials)
                        .containsExactly((long) all);
                assertEveryTileOnce(running.sent(), all);
            }
        }
    }

    /** From every step on each tile is still sent once, and all that is counted is published. */
    @Test
    void aRestoredJobPreparesTheBlockAnewAndGoesOn() throws Exception {
        for (int pushes = 0; pushes <= MOST_PUSHES; pushes++) {
            List<TileMessage> sent;
            OperatorSubtaskState state;
            try (Running running = new Running(null)) {
                running.receiveAndPush(pushes);
                sent = new ArrayList<>(running.sent());
                state = running.harness.snapshot(1, START);
            }
            try (Running restored = new Running(state)) {
                restored.endInput();
                sent.addAll(restored.sent());
                int all = BLOCK + FREE + pushes;
                assertThat(restored.told())
                        .extracting(BlockStamp::trials)
                        .containsExactly((long) all);
                assertEveryTileOnce(sent, all);
            }
        }
    }

    /** Of every block every tile once, the blocks in order and of all trials together. */
    private void assertEveryTileOnce(List<TileMessage> messages, int all) {
        int before = 0;
        for (int from = 0; from < messages.size(); from += tiles) {
            List<TileMessage> block = messages.subList(from, from + tiles);
            assertThat(block)
                    .extracting(TileMessage::tile)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, tiles).boxed().toList());
            int counted = Math.min(BLOCK, all - before);
            for (TileMessage message : block) {
                TileBlock trialsOfTile = TileBlock.decode(message.block());
                assertThat(trialsOfTile.number()).isEqualTo(from / tiles + 1);
                assertThat(trialsOfTile.trialsBefore()).isEqualTo(before);
                assertThat(trialsOfTile.trials()).isEqualTo(counted);
            }
            before += counted;
        }
        assertThat(before).isEqualTo(all);
    }
}
