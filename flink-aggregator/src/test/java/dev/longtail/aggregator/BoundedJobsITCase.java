package dev.longtail.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.aggregator.cluster.ClusterOptions;
import dev.longtail.aggregator.cluster.EmbeddedCluster;
import dev.longtail.aggregator.source.StartPosition;
import dev.longtail.schemas.Convergence;
import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.InfluencePair;
import dev.longtail.schemas.MemorizationBlock;
import dev.longtail.schemas.PairBlock;
import dev.longtail.schemas.Sampler;
import dev.longtail.schemas.SamplerKind;
import dev.longtail.schemas.Split;
import dev.longtail.schemas.Trial;
import dev.longtail.testing.TestBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that read what is there and end: scopes, replays and options. */
class BoundedJobsITCase {

    @TempDir static Path dir;
    private static TestBroker broker;
    private static ExperimentKafka kafka;
    private static EmbeddedCluster cluster;
    private static RandomTrials trials;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.start(dir);
        kafka = new ExperimentKafka(broker.bootstrapServers());
        cluster = EmbeddedCluster.start(ClusterOptions.in(dir.resolve("work")).withSlots(2));
        // So few training examples that all of them are among the strongest of a test example.
        trials = new RandomTrials("bounded", 19, 21, 90, 5);
        kafka.describe(trials.experiment(), 1);
        for (int k = 0; k < trials.trials(); k++) {
            kafka.send(trials.trial(k));
        }
        kafka.flush();
    }

    @AfterAll
    static void stop() {
        cluster.close();
        kafka.close();
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "same-class", "none", "test-subset"})
    void everyScopeCountsItsPairs(String scope) throws Exception {
        List<String> options = new ArrayList<>(List.of("--pairs=" + scope, "--output=" + scope));
        if (scope.equals("test-subset")) {
            Path subset = Files.writeString(dir.resolve("subset"), "3, 17\n8 20\n");
            options.add("--test-subset=" + subset);
        }
        run(ReplayRange.UNTIL_NOW, options);
        BiPredicate<Integer, Integer> inScope =
                switch (scope) {
                    case "all" -> (i, j) -> true;
                    case "same-class" -> (i, j) -> trials.trainLabel(i) == trials.testLabel(j);
                    case "none" -> (i, j) -> false;
                    default -> (i, j) -> List.of(3, 8, 17, 20).contains(j);
                };
        assertEveryPair(scope, inScope);
        new ReferenceCheck(trials, kafka, scope).assertEstimates();
    }

    private static void assertEveryPair(String output, BiPredicate<Integer, Integer> inScope) {
        Map<List<Integer>, InfluencePair> found = new HashMap<>();
        kafka.newest(output + ".pairs", PairBlock.class).values().stream()
                .filter(block -> block.getSide() == Split.TEST)
                .flatMap(block -> block.getPairs().stream())
                .forEach(pair -> found.put(List.of(pair.getTrain(), pair.getTest()), pair));
        long pairs = 0;
        for (int i = 0; i < trials.trainSize; i++) {
            for (int j = 0; j < trials.testSize; j++) {
                pairs += inScope.test(i, j) ? 1 : 0;
                InfluencePair pair = found.remove(List.of(i, j));
                double expected = trials.influence(i, j);
                if (inScope.test(i, j) && Math.abs(expected) > 1e-9) {
                    assertThat(pair.getInfluence()).isEqualTo(expected, within(1e-12));
                    assertThat(pair.getMemorization())
                            .isEqualTo(trials.memorization(i), within(1e-12));
                    assertThat((long) pair.getIncluded()).isEqualTo(trials.included(i));
                    assertThat((long) pair.getIncludedCorrect())
                            .isEqualTo(trials.influenceCount(i, j, true));
                }
            }
        }
        assertThat(found).isEmpty();
        assertThat(kafka.convergence(output).orElseThrow().getPairsInScope()).isEqualTo(pairs);
    }

    @Test
    void aReplayEndsWithTheSameCounters() throws Exception {
        run(ReplayRange.UNTIL_NOW, List.of("--output=first", "--block-size=7"));
        run(ReplayRange.UNTIL_NOW, List.of("--output=second", "--parallelism=1"));
        assertThat(values("second")).isEqualTo(values("first"));
    }

    @Test
    void aReplayCanBeSlow() throws Exception {
        run(
                new ReplayRange(new StartPosition.Earliest(), true, OptionalDouble.of(300)),
                List.of("--output=slow"));
        assertThat(kafka.convergence("slow").orElseThrow().getTrials()).isEqualTo(trials.trials());
    }

    @Test
    void aReplayCanBeginAtAnOffset() throws Exception {
        run(
                new ReplayRange(new StartPosition.Offset(60), true, OptionalDouble.empty()),
                List.of("--output=late"));
        assertThat(kafka.convergence("late").orElseThrow().getTrials()).isEqualTo(30);
        assertIncluded("late", 60);
    }

    @Test
    void aReplayCanBeginAtATime() throws Exception {
        long afterAll = Instant.now().toEpochMilli() + 1;
        run(
                new ReplayRange(
                        new StartPosition.Timestamp(afterAll), true, OptionalDouble.empty()),
                List.of("--output=never"));
        run(
                new ReplayRange(new StartPosition.Timestamp(0), true, OptionalDouble.empty()),
                List.of("--output=ever"));
        assertThat(kafka.convergence("never")).isEmpty();
        assertIncluded("ever", 0);
    }

    private static void assertIncluded(String output, int from) {
        for (MemorizationBlock group :
                kafka.newest(output + ".estimates", MemorizationBlock.class).values()) {
            for (int place = 0; place < group.getExamples().size(); place++) {
                int i = group.getExamples().get(place);
                assertThat((long) group.getIncluded().get(place))
                        .isEqualTo(
                                IntStream.range(from, trials.trials())
                                        .filter(k -> trials.masks.get(k)[i])
                                        .count());
            }
        }
    }

    @Test
    void convergedOnlyLeavesOutTheOthers() throws Exception {
        run(ReplayRange.UNTIL_NOW, List.of("--output=converged", "--converged-only"));
        Convergence last = kafka.convergence("converged").orElseThrow();
        assertThat(last.getTrials()).isEqualTo(68);
        assertThat(last.getReceived()).isEqualTo(90);
        assertThat(last.getNotConverged()).isEqualTo(22);
        assertThat(last.getConvergedOnly()).isTrue();
        assertThat(last.getConfirmedPairs()).isNull();
        assertThat(last.getDecidedShare()).isNull();
    }

    @Test
    void promisesNothingUnderTheArbitrarySampler() throws Exception {
        RandomTrials free = new RandomTrials("arbitrary", 19, 21, 40, 7);
        Experiment experiment = free.experiment();
        experiment.setSampler(Sampler.newBuilder().setKind(SamplerKind.ARBITRARY).build());
        kafka.describe(experiment, 1);
        for (int k = 0; k < free.trials(); k++) {
            kafka.send(free.trial(k));
        }
        kafka.flush();
        run(ReplayRange.UNTIL_NOW, List.of("--experiment=arbitrary"));
        Convergence last = kafka.convergence("arbitrary").orElseThrow();
        assertThat(last.getTrials()).isEqualTo(40);
        assertThat(last.getMeanStandardError()).isPositive();
        assertThat(last.getConfirmedPairs()).isNull();
        assertThat(last.getConfirmedLogEValue()).isNull();
        assertThat(last.getDecidedShare()).isNull();
        assertThat(last.getPairDecidedShare()).isNull();
        assertThat(last.getLemmaBound()).isNull();
    }

    @Test
    void theFirstOfConflictingTrialsWins() throws Exception {
        RandomTrials two = new RandomTrials("conflict", 19, 21, 2, 6);
        kafka.describe(two.experiment(), 1);
        Trial first = two.trial(0);
        Trial other = two.trial(1);
        other.setId(first.getId());
        Trial again = two.trial(0);
        again.setTrainMillis(17);
        again.setWorker("another");
        for (Trial trial : List.of(first, other, again, other)) {
            kafka.send(trial);
        }
        kafka.flush();
        run(ReplayRange.UNTIL_NOW, List.of("--experiment=conflict"));
        Convergence last = kafka.convergence("conflict").orElseThrow();
        assertThat(last.getTrials()).isEqualTo(1);
        assertThat(last.getReceived()).isEqualTo(1);
        assertThat(last.getConflicts()).isEqualTo(2);
        assertThat(last.getDuplicates()).isEqualTo(1);
        assertThat(last.getExamplesDefined()).isZero();
        assertThat(last.getMeanStandardError()).isNull();
        for (MemorizationBlock group :
                kafka.newest("conflict.estimates", MemorizationBlock.class).values()) {
            assertThat(group.getMemorization()).containsOnly(Double.NaN);
        }
    }

    @Test
    void anEmptyTopicPublishesNothing() throws Exception {
        RandomTrials none = new RandomTrials("empty", 19, 21, 0, 6);
        kafka.describe(none.experiment(), 2);
        run(ReplayRange.UNTIL_NOW, List.of("--experiment=empty"));
        assertThat(kafka.newest("empty.estimates", MemorizationBlock.class)).isEmpty();
        assertThat(kafka.convergence("empty")).isEmpty();
    }

    private static void run(ReplayRange range, List<String> options) throws Exception {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--bootstrap-servers=" + broker.bootstrapServers(),
                                "--tile-train=4",
                                "--tile-test=5",
                                "--refresh=50",
                                "--state-memory=64",
                                "--restore=none",
                                "--checkpoint-dir=" + dir.resolve("checkpoints")));
        if (options.stream().noneMatch(option -> option.startsWith("--experiment"))) {
            arguments.add("--experiment=" + trials.name);
        }
        arguments.addAll(options);
        JobID job = cluster.launch(JobSettings.parse(arguments.toArray(String[]::new)), range);
        assertThat(cluster.result(job).join().getSerializedThrowable()).isEmpty();
    }

    /** Everything published that does not say when or by which attempt. */
    private static Map<String, Object> values(String output) {
        Map<String, Object> values = new HashMap<>();
        kafka.newest(output + ".estimates", MemorizationBlock.class)
                .forEach(
                        (key, block) -> {
                            block.setAttempt(0);
                            block.setBlock(0);
                            block.setEmittedAt(Instant.EPOCH);
                            values.put(key + " estimates", block);
                        });
        kafka.newest(output + ".pairs", PairBlock.class)
                .forEach(
                        (key, block) -> {
                            block.setAttempt(0);
                            block.setBlock(0);
                            block.setEmittedAt(Instant.EPOCH);
                            values.put(key + " pairs", block);
                        });
        assertThat(values).isNotEmpty();
        return values;
    }
}
