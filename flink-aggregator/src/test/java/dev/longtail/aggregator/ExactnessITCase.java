package dev.longtail.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.longtail.aggregator.client.QueryableStateEstimateReader;
import dev.longtail.aggregator.cluster.ClusterOptions;
import dev.longtail.aggregator.cluster.EmbeddedCluster;
import dev.longtail.schemas.Convergence;
import dev.longtail.schemas.RejectedRecord;
import dev.longtail.schemas.RejectionReason;
import dev.longtail.testing.TestBroker;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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

    private static final int KEPT_BYTES = 64 * 1024;

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
        List<Poison> poison = Poison.ofEachKind(trials);
        try (EmbeddedCluster cluster =
                EmbeddedCluster.start(
                        ClusterOptions.in(dir.resolve("work-" + parallelism))
                                .withSlots(parallelism))) {
            JobID job = cluster.launch(settings(trials, parallelism), ReplayRange.EVERYTHING);
            int half = deliveries.size() / 2;
            send(trials, deliveries.subList(0, half), poison);
            awaitTrials(trials, distinct(deliveries.subList(0, half)));
            cluster.checkpoint(job);
            send(trials, deliveries.subList(half, half + half / 2), List.of());
            cluster.miniCluster().terminateTaskManager(0).join();
            cluster.miniCluster().startTaskManager();
            send(trials, deliveries.subList(half + half / 2, deliveries.size()), List.of());
            awaitTrials(trials, trials.trials());
            Convergence last = awaitRecords(trials, deliveries.size() + poison.size());

            assertThat(last.getReceived()).isEqualTo(trials.trials());
            assertThat(last.getDuplicates()).isEqualTo(deliveries.size() - trials.trials());
            assertThat(last.getConflicts()).isZero();
            assertThat(last.getRejected()).isEqualTo(poison.size());
            assertRejected(trials, poison);
            ReferenceCheck reference = new ReferenceCheck(trials, kafka, trials.name);
            reference.assertEstimates();
            reference.assertPairs();
            try (QueryableStateEstimateReader reader =
                    QueryableStateEstimateReader.open(
                            kafka.properties(),
                            trials.name,
                            null,
                            null,
                            QueryableStateEstimateReader.DEFAULT_TIMEOUT)) {
                reference.assertState(reader);
            }
        }
    }

    private static JobSettings settings(RandomTrials trials, int parallelism) {
        return JobSettings.parse(
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
                "--parallelism=" + parallelism);
    }

    private static void assertRejected(RandomTrials trials, List<Poison> poison) {
        Map<String, RejectedRecord> letters =
                kafka.newest(trials.name + ".rejected", RejectedRecord.class);
        assertThat(letters.values().stream().map(RejectedRecord::getReason))
                .containsExactlyInAnyOrderElementsOf(poison.stream().map(Poison::reason).toList());
        letters.forEach(
                (key, letter) -> {
                    assertThat(letter.getTopic()).isEqualTo(trials.name + ".trials");
                    assertThat(key)
                            .isEqualTo(
                                    letter.getTopic()
                                            + "/"
                                            + letter.getPartition()
                                            + "/"
                                            + letter.getOffset());
                    assertThat(letter.getMessage()).isNotBlank();
                });
        assertThat(letters.values())
                .filteredOn(letter -> letter.getReason() == RejectionReason.UNKNOWN_SCHEMA)
                .extracting(RejectedRecord::getMessage, letter -> letter.getValue().array())
                .as("says of which schema and what to do, and keeps the record's beginning")
                .containsExactlyInAnyOrderElementsOf(
                        poison.stream()
                                .filter(record -> record.reason() == RejectionReason.UNKNOWN_SCHEMA)
                                .map(record -> tuple(newerWriter(record.value()), kept(record)))
                                .toList());
    }

    /** What the dead letter has of a record. */
    private static byte[] kept(Poison record) {
        return Arrays.copyOf(record.value(), Math.min(KEPT_BYTES, record.value().length));
    }

    private static String newerWriter(byte[] value) {
        return "not a released Trial schema: fingerprint %016x; this program is older than the writer: update it and publish the record again; or the record is of another kind"
                .formatted(ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong(2));
    }

    private static Convergence awaitTrials(RandomTrials trials, long count) {
        await().atMost(Duration.ofSeconds(120))
                .until(
                        () ->
                                kafka.convergence(trials.name)
                                        .filter(record -> record.getTrials() == count)
                                        .isPresent());
        return kafka.convergence(trials.name).orElseThrow();
    }

    /** Repeats and poison may come after the last trial. */
    private static Convergence awaitRecords(RandomTrials trials, long count) {
        return await().atMost(Duration.ofSeconds(120))
                .until(
                        () -> kafka.convergence(trials.name).orElseThrow(),
                        last ->
                                last.getReceived()
                                                + last.getDuplicates()
                                                + last.getConflicts()
                                                + last.getRejected()
                                        == count);
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

    /** Sends trials with the poison in between. */
    private static void send(RandomTrials trials, List<Integer> deliveries, List<Poison> poison) {
        for (int at = 0; at < Math.max(deliveries.size(), poison.size()); at++) {
            if (at < deliveries.size()) {
                kafka.send(trials.trial(deliveries.get(at)));
            }
            if (at < poison.size()) {
                Poison record = poison.get(at);
                kafka.send(trials.name + ".trials", at % 3, record.key(), record.value());
            }
        }
        kafka.flush();
    }
}
