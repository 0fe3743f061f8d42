package dev.longtail.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longtail.aggregator.RandomTrials;
import dev.longtail.estimators.InOutCounts;
import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.InfluencePair;
import dev.longtail.schemas.MemorizationBlock;
import dev.longtail.schemas.PairBlock;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.Split;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A start from state under something else than it was counted under: what would mix counters is
 * refused by name, and what may change leaves nothing behind that was published before.
 */
@ExtendWith(TestedSystem.Shared.class)
class OtherOptionsITCase {

    private static final int TRIALS_PER_SECOND = 200;
    private static final int PARALLELISM = 2;
    private static final float THRESHOLD = 0.5f;
    private static final double MEMORIZED = 0.25;

    @Test
    void refusesByNameWhatWouldMixCountersAndLeavesNothingStale(TestedSystem system)
            throws Exception {
        Load load = Load.of("other", 60_000);
        // One partition: every attempt counts the trials in one order.
        try (CountedJob job = new CountedJob(system, load, 1);
                TrialFeed feed = new TrialFeed(system, load, TRIALS_PER_SECOND)) {
            job.start(PARALLELISM);
            job.awaitTrials(1);
            // Not where old savepoints are deleted.
            String early = system.rest.takeSavepoint(system.dir.resolve("kept").toUri().toString());
            job.awaitTrials(job.progress().getTrials() + 500);
            job.stop();

            assertRefused(system, job, "pairs = all", "--pairs=none");
            if (!FaultLength.isShort()) {
                assertRefused(system, job, "tile-train = 17", "--tile-train=19");
            }
            Experiment changed = job.trials().experiment();
            changed.setSeed(changed.getSeed() + 1);
            describe(system, changed);
            assertRefused(system, job, "seed = " + (changed.getSeed() - 1));
            describe(system, job.trials().experiment());

            // Far back, and with fewer pairs: what was published since is not true any more.
            job.start(PARALLELISM, "--restore=" + early, "--influence-threshold=" + THRESHOLD);
            int trials = feed.end();
            long attempt = job.awaitTrials(trials).getAttempt();
            List<String> pairs = pairs(load.first(trials).trials());
            await().atMost(CountedJob.PATIENCE)
                    .untilAsserted(() -> assertFresh(system, job, pairs, attempt));
            assertHistoryIsTrue(system, job.trials());
        }
    }

    private static void assertRefused(
            TestedSystem system, CountedJob job, String before, String... option) {
        job.start(PARALLELISM, option);
        assertThat(system.flink.jobManager().awaitExit()).isNotZero();
        assertThat(system.flink.jobManager().log())
                .contains("the state to be restored was counted with " + before);
    }

    private static void describe(TestedSystem system, Experiment experiment) {
        system.kafka.send(
                ExperimentTopics.of(experiment.getName()).experimentTopic(),
                null,
                experiment.getName(),
                RecordCodec.of(Experiment.class).encode(experiment));
        system.kafka.flush();
    }

    /** The pairs that are published of these trials, by the formula. */
    private static List<String> pairs(RandomTrials trials) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < trials.trainSize; i++) {
            for (int j = 0; j < trials.testSize; j++) {
                if (trials.memorization(i) >= MEMORIZED && trials.influence(i, j) >= THRESHOLD) {
                    pairs.add(i + "," + j);
                }
            }
        }
        assertThat(pairs).isNotEmpty();
        return pairs;
    }

    /** All values are of this attempt, and the pairs just those that the formula gives now. */
    private static void assertFresh(
            TestedSystem system, CountedJob job, List<String> pairs, long attempt) {
        job.assertNothingStale(attempt);
        assertThat(
                        system
                                .kafka
                                .newest(job.trials().name + ".pairs", PairBlock.class)
                                .values()
                                .stream()
                                .filter(block -> block.getSide() == Split.TRAIN)
                                .flatMap(block -> block.getPairs().stream())
                                .map(OtherOptionsITCase::name))
                .containsExactlyInAnyOrderElementsOf(pairs);
    }

    private static String name(InfluencePair pair) {
        return pair.getTrain() + "," + pair.getTest();
    }

    /** Points of the history stay, of whichever attempt: each is exact for its own trials. */
    private static void assertHistoryIsTrue(TestedSystem system, RandomTrials trials) {
        Prefixes memorization = Prefixes.ofMemorization(trials, trials.trainSize);
        var history = system.kafka.newest(trials.name + ".history", MemorizationBlock.class);
        assertThat(history).isNotEmpty();
        history.forEach(
                (key, group) -> {
                    for (int place = 0; place < group.getExamples().size(); place++) {
                        int in = group.getIncluded().get(place);
                        assertThat(
                                        new InOutCounts(
                                                in,
                                                group.getIncludedCorrect().get(place),
                                                group.getTrials() - in,
                                                group.getExcludedCorrect().get(place)))
                                .as(key)
                                .isEqualTo(
                                        memorization.counts(
                                                group.getExamples().get(place),
                                                Math.toIntExact(group.getTrials())));
                    }
                });
    }
}
