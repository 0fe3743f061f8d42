package dev.longtail.aggregator.folding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longtail.aggregator.JobPlan;
import dev.longtail.aggregator.Pacing;
import dev.longtail.aggregator.RandomTrials;
import dev.longtail.aggregator.Thresholds;
import dev.longtail.aggregator.sequencing.BlockStamp;
import dev.longtail.aggregator.sequencing.TileMessage;
import dev.longtail.estimators.counting.PairScope;
import dev.longtail.estimators.counting.TileLimits;
import dev.longtail.estimators.counting.TileRecord;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** What counting does beside counting, in Flink's own harness for operators. */
class FoldFunctionTest {

    private static final int TRAIN = 300;
    private static final int TEST = 500;

    private final JobPlan plan =
            new JobPlan(
                    new RandomTrials("rests", TRAIN, TEST, 0, 5).experiment(),
                    "rests",
                    new PairScope.All(),
                    new TileLimits(TRAIN, TEST),
                    false,
                    Thresholds.DEFAULT,
                    new Pacing(64, 1_000, 1));

    @Test
    void restsWhileQuestionsAreAskedOfItsProcess() throws Exception {
        try (var harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new FoldFunction(plan)),
                        TileMessage::tile,
                        Types.INT)) {
            harness.setup(TileReport.TYPE.createSerializer(null));
            harness.open();
            long before = RestedTime.shared().millis();
            await().pollInSameThread()
                    .until(
                            () -> {
                                Questions.shared().asked(System.nanoTime());
                                harness.processElement(new StreamRecord<>(survey()));
                                return RestedTime.shared().millis() > before;
                            });
            List<TileReport> reports = harness.extractOutputValues();
            assertThat(reports).isNotEmpty();
        }
    }

    /** Asks for what is known of the one tile, before any trial. */
    private static TileMessage survey() {
        return new TileMessage(0, new BlockStamp(1, 0, 0, true, false), TileRecord.NONE);
    }
}
