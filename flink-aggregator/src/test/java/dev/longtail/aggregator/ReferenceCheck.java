package dev.longtail.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.longtail.aggregator.client.QueryableStateEstimateReader;
import dev.longtail.estimators.InOutCounts;
import dev.longtail.estimators.counting.TileReader;
import dev.longtail.estimators.counting.Tiling;
import dev.longtail.schemas.Convergence;
import dev.longtail.schemas.InfluencePair;
import dev.longtail.schemas.MemorizationBlock;
import dev.longtail.schemas.PairBlock;
import dev.longtail.schemas.Split;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What a job counted and published, against the paper's formula applied to all trials at once. */
public final class ReferenceCheck {

    private static final double TOLERANCE = 1e-12;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final RandomTrials trials;
    private final ExperimentKafka kafka;
    private final String output;

    public ReferenceCheck(RandomTrials trials, ExperimentKafka kafka, String output) {
        this.trials = trials;
        this.kafka = kafka;
        this.output = output;
    }

    /** Every counter in the job's state. */
    public void assertState(QueryableStateEstimateReader reader) throws Exception {
        Tiling tiling = reader.experiment().tiling();
        for (Tiling.Tile tile : tiling.tiles()) {
            TileReader counts = reader.tile(tile.id());
            assertThat(counts.trials()).isEqualTo(trials.trials());
            for (int row = 0; row < tile.train().length; row++) {
                int i = tile.train()[row];
                assertThat(counts.own(row).in()).isEqualTo(trials.included(i));
                assertThat(counts.own(row).inCorrect())
                        .isEqualTo(trials.memorizationCount(i, true));
                assertThat(counts.own(row).outCorrect())
                        .isEqualTo(trials.memorizationCount(i, false));
                for (int column = 0; column < tile.test().length; column++) {
                    int j = tile.test()[column];
                    assertThat(counts.pair(row, column).inCorrect())
                            .as("inCorrect(%d, %d)", i, j)
                            .isEqualTo(trials.influenceCount(i, j, true));
                    assertThat(counts.pair(row, column).outCorrect())
                            .as("outCorrect(%d, %d)", i, j)
                            .isEqualTo(trials.influenceCount(i, j, false));
                }
            }
        }
    }

    /**
     * The counters over the even trials in the job's state, of which trials published to one
     * partition in their order leave no doubt.
     */
    public void assertEvenState(QueryableStateEstimateReader reader) throws Exception {
        for (Tiling.Tile tile : reader.experiment().tiling().tiles()) {
            TileReader counts = reader.tile(tile.id());
            assertThat(counts.evenTrials()).isEqualTo((trials.trials() + 1) / 2);
            for (int row = 0; row < tile.train().length; row++) {
                assertThat(counts.evenOwn(row))
                        .as("even trials of %d", tile.train()[row])
                        .isEqualTo(evenOwn(tile.train()[row]));
            }
        }
    }

    private InOutCounts evenOwn(int i) {
        int in = 0;
        int inCorrect = 0;
        int outCorrect = 0;
        for (int k = 0; k < trials.trials(); k += 2) {
            boolean included = trials.masks.get(k)[i];
            boolean correct = trials.trainCorrect.get(k)[i];
            in += included ? 1 : 0;
            inCorrect += included && correct ? 1 : 0;
            outCorrect += !included && correct ? 1 : 0;
        }
        int even = (trials.trials() + 1) / 2;
        return new InOutCounts(in, inCorrect, even - in, outCorrect);
    }

    /** The published memorization of every training example. */
    public void assertEstimates() {
        boolean[] seen = new boolean[trials.trainSize];
        for (MemorizationBlock group : estimates()) {
            for (int place = 0; place < group.getExamples().size(); place++) {
                int i = group.getExamples().get(place);
                seen[i] = true;
                assertThat((long) group.getIncluded().get(place)).isEqualTo(trials.included(i));
                assertThat((long) group.getIncludedCorrect().get(place))
                        .isEqualTo(trials.memorizationCount(i, true));
                assertThat((long) group.getExcludedCorrect().get(place))
                        .isEqualTo(trials.memorizationCount(i, false));
                assertThat(group.getMemorization().get(place))
                        .isEqualTo(trials.memorization(i), within(TOLERANCE));
            }
        }
        assertThat(seen).doesNotContain(false);
    }

    /** Published pairs of both sides and the figures about them, all pairs being in scope. */
    public void assertPairs() {
        List<PairBlock> blocks = pairBlocks();
        List<String> high = new ArrayList<>();
        for (int i = 0; i < trials.trainSize; i++) {
            for (int j = 0; j < trials.testSize; j++) {
                if (trials.memorization(i) >= 0.25 && trials.influence(i, j) >= 0.15) {
                    high.add(i + "," + j);
                }
            }
        }
        assertThat(high).isNotEmpty();
        assertThat(pairs(blocks, Split.TRAIN).map(ReferenceCheck::name))
                .containsExactlyInAnyOrderElementsOf(high);
        pairs(blocks, Split.TRAIN)
                .forEach(
                        pair ->
                                assertThat(pair.getInfluence())
                                        .isEqualTo(
                                                trials.influence(pair.getTrain(), pair.getTest()),
                                                within(TOLERANCE)));
        assertTops(blocks);
        assertFigures(high);
    }

    /** Values of one publication go through several producers: the last may come a little later. */
    private Collection<MemorizationBlock> estimates() {
        return await().atMost(PATIENCE)
                .until(
                        () -> kafka.newest(output + ".estimates", MemorizationBlock.class).values(),
                        groups ->
                                !groups.isEmpty()
                                        && groups.stream()
                                                .allMatch(
                                                        group ->
                                                                group.getTrials()
                                                                        == trials.trials()));
    }

    private List<PairBlock> pairBlocks() {
        return await().atMost(PATIENCE)
                .until(
                        () ->
                                List.copyOf(
                                        kafka.newest(output + ".pairs", PairBlock.class).values()),
                        blocks ->
                                !blocks.isEmpty()
                                        && blocks.stream()
                                                .allMatch(
                                                        block ->
                                                                block.getTrials()
                                                                        == trials.trials()));
    }

    private void assertTops(List<PairBlock> blocks) {
        for (int j = 0; j < trials.testSize; j++) {
            int test = j;
            List<Double> influences = new ArrayList<>();
            for (int i = 0; i < trials.trainSize; i++) {
                influences.add(trials.influence(i, j));
            }
            influences.sort(Comparator.reverseOrder());
            List<Double> expected =
                    Stream.concat(
                                    influences.stream().filter(value -> value > 1e-9).limit(20),
                                    influences.stream()
                                            .sorted()
                                            .filter(value -> value < -1e-9)
                                            .limit(20)
                                            .sorted(Comparator.reverseOrder()))
                            .toList();
            List<Double> found =
                    pairs(blocks, Split.TEST)
                            .filter(pair -> pair.getTest() == test)
                            .map(InfluencePair::getInfluence)
                            .toList();
            assertThat(found).hasSameSizeAs(expected);
            for (int k = 0; k < found.size(); k++) {
                assertThat(found.get(k)).isEqualTo(expected.get(k), within(TOLERANCE));
            }
        }
    }

    private void assertFigures(List<String> high) {
        Convergence figures = kafka.convergence(output).orElseThrow();
        assertThat(figures.getHighInfluencePairs()).isEqualTo(high.size());
        assertThat(figures.getHighInfluenceTrain())
                .isEqualTo(high.stream().map(name -> name.split(",")[0]).distinct().count());
        assertThat(figures.getHighInfluenceTest())
                .isEqualTo(high.stream().map(name -> name.split(",")[1]).distinct().count());
        assertThat(figures.getPairsInScope()).isEqualTo((long) trials.trainSize * trials.testSize);
        assertThat(figures.getExamplesDefined()).isEqualTo(trials.trainSize);
        assertThat(figures.getConfirmedPairs()).isPositive();
        assertThat(figures.getMeanStandardError()).isBetween(0.001, 0.1);
    }

    private static Stream<InfluencePair> pairs(List<PairBlock> blocks, Split side) {
        return blocks.stream()
                .filter(block -> block.getSide() == side)
                .flatMap(block -> block.getPairs().stream());
    }

    private static String name(InfluencePair pair) {
        return pair.getTrain() + "," + pair.getTest();
    }
}
