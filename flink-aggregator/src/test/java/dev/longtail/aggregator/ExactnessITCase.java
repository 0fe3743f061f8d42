package dev.longtail.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longtail.aggregator.cluster.ClusterOptions;
import dev.longtail.aggregator.cluster.EmbeddedCluster;
import dev.longtail.schemas.Convergence;
import dev.longtail.schemas.MemorizationBlock;
import dev.longtail.testing.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every counter of the real chain against the paper's formula, under repeats, poison and failure.
 */
class ExactnessITCase {

    @TempDir static Path dir;
    private static TestBroker broker;
    private static ExperimentKafka kafka;

    @BeforeAll
    static void startBroker() {
        broker = TestBroker.start(dir);
        kafka = new ExperimentKafka(broker.bootstrapServers());
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void countersEqualThePapersFormula(int parallelism) throws Exception {
        RandomTrials trials = new RandomTrials("exact-" + parallelism, 101, 67, 300, parallelism);
        kafka.describe(trials.experiment(), 3);
        List<Integer> deliveries = deliveries(trials.trials(), 7L * parallelism);
        try (EmbeddedCluster cluster =
                EmbeddedCluster.start(
                        ClusterOptions.in(dir.resolve("work-" + parallelism))
                                .withSlots(parallelism))) {
            JobID job =
                    cluster.launch(
                            JobSettings.parse(
                                    "--bootstrap-servers",
                                    broker.bootstrapServers(),
                                    "--experiment",
                                    trials.name,
                                    "--tile-train=17",
                                    "--tile-test=13",
                                    "--block-size=32",
                                    "--refresh=100",
                                    "--checkpoint-interval=100",
                                    "--state-memory=64",
                                    "--checkpoint-dir=" + dir.resolve("checkpoints"),
                                    "--parallelism=" + parallelism),
                            ReplayRange.EVERYTHING);
            int half = deliveries.size() / 2;
            send(trials, deliveries.subList(0, half));
            awaitTrials(trials, distinct(deliveries.subList(0, half)));
            cluster.checkpoint(job);
            send(trials, deliveries.subList(half, half + half / 2));
            cluster.miniCluster().terminateTaskManager(0).join();
            cluster.miniCluster().startTaskManager();
            send(trials, deliveries.subList(half + half / 2, deliveries.size()));
            Convergence last = awaitTrials(trials, trials.trials());

            assertThat(last.getReceived()).isEqualTo(trials.trials());
            assertThat(last.getDuplicates()).isEqualTo(deliveries.size() - trials.trials());
            assertMemorization(trials);
        }
    }

    private static void assertMemorization(RandomTrials trials) {
        Map<String, MemorizationBlock> groups =
                kafka.newest(trials.name + ".estimates", MemorizationBlock.class);
        boolean[] seen = new boolean[trials.trainSize];
        for (MemorizationBlock group : groups.values()) {
            assertThat(group.getTrials()).isEqualTo(trials.trials());
            for (int place = 0; place < group.getExamples().size(); place++) {
                int i = group.getExamples().get(place);
                seen[i] = true;
                assertThat((long) group.getIncluded().get(place)).isEqualTo(trials.included(i));
                assertThat((long) group.getIncludedCorrect().get(place))
                        .isEqualTo(trials.memorizationCount(i, true));
                assertThat((long) group.getExcludedCorrect().get(place))
                        .isEqualTo(trials.memorizationCount(i, false));
                assertThat(group.getMemorization().get(place))
                        .isEqualTo(
                                trials.memorization(i),
                                org.assertj.core.api.Assertions.within(1e-12));
            }
        }
        assertThat(seen).doesNotContain(false);
    }

    private static Convergence awaitTrials(RandomTrials trials, long count) {
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                kafka.convergence(trials.name)
                                        .filter(record -> record.getTrials() == count)
                                        .isPresent());
        return kafka.convergence(trials.name).orElseThrow();
    }

    /** Every trial one to three times, shuffled. */
    private static List<Integer> deliveries(int trials, long seed) {
        Random random = new Random(seed);
        List<Integer> deliveries = new ArrayList<>();
        for (int k = 0; k < trials; k++) {
            deliveries.addAll(Collections.nCopies(1 + random.nextInt(3), k));
        }
        Collections.shuffle(deliveries, random);
        return deliveries;
    }

    private static long distinct(List<Integer> deliveries) {
        return deliveries.stream().distinct().count();
    }

    private static void send(RandomTrials trials, List<Integer> deliveries) {
        deliveries.forEach(k -> kafka.send(trials.trial(k)));
        kafka.flush();
    }
}
