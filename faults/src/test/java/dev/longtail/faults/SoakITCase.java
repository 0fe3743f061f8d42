package dev.longtail.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longtail.aggregator.RandomTrials;
import dev.longtail.aggregator.client.Influence;
import dev.longtail.aggregator.client.QueryableStateEstimateReader;
import dev.longtail.estimators.InOutCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counting, publishing, checkpoints and reads for a long time: no process outgrows its memory, and
 * none gains threads or files.
 *
 * <p>The full length is an hour with a state of 400 MB, twice what the RocksDB of one of these
 * TaskManagers may hold in memory. {@code -Dfaults.soakSeconds=N} sets another time.
 */
@ExtendWith(TestedSystem.Shared.class)
class SoakITCase {

    private static final Logger LOG = LoggerFactory.getLogger(SoakITCase.class);
    private static final Duration LENGTH =
            Duration.ofSeconds(
                    Integer.getInteger("faults.soakSeconds", FaultLength.choose(15, 3_600)));
    private static final int TRIALS_PER_SECOND = FaultLength.choose(100, 1);

    /**
     * A pass over such a state takes seconds, on a busy machine many. With the default share the
     * next one would come minutes later: the last trials, too, and hardly anything would be soaked.
     */
    private static final String COUNTING_SHARE = "--counting-share=0.25";

    private static final int STATE_READERS = 4;
    private static final int LIST_READERS = 2;

    /** Of each reader, after each answer: the machine is not theirs alone. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    /** Beside the heap: code, threads, buffers. */
    private static final long NATIVE_BYTES = 512L << 20;

    /** Pools breathe; what leaks once in a trial or in a checkpoint is far above. */
    private static final int MORE_THREADS = 16;

    private static final int MORE_FILES = 100;
    private static final int SAMPLED_PAIRS = 200;
    private static final int READ_EXAMPLES = 100;
    private static final int SPARE_TRIALS = FaultLength.choose(20_000, 600);

    /** A process, what it may hold in memory, and what it held, second by second. */
    private record Watched(OsProcess process, long limit, List<ProcessUsage> usage) {

        Watched(OsProcess process, long limit) {
            this(process, limit, new ArrayList<>());
        }

        void look() {
            usage.add(ProcessUsage.of(process));
        }

        /** The first third of the time is for warming up. */
        ProcessUsage middle() {
            return most(usage.size() / 3, usage.size() * 2 / 3);
        }

        ProcessUsage ever() {
            return most(0, usage.size());
        }

        ProcessUsage last() {
            return most(usage.size() * 2 / 3, usage.size());
        }

        private ProcessUsage most(int from, int to) {
            return usage.subList(from, to).stream()
                    .reduce(new ProcessUsage(0, 0, 0), ProcessUsage::max);
        }
    }

    @Test
    void holdsNoMoreAtTheEndThanInTheMiddle(TestedSystem system) throws Exception {
        Load load =
                Load.sized(
                        "soak",
                        FaultLength.choose(101, 20_000),
                        FaultLength.choose(67, 10_000),
                        (int) LENGTH.toSeconds() * TRIALS_PER_SECOND + SPARE_TRIALS);
        try (CountedJob job = new CountedJob(system, load, 1);
                DashboardProcess dashboard =
                        new DashboardProcess(
                                system,
                                "soak",
                                List.of(
                                        "--bootstrap-servers="
                                                + system.broker.bootstrapServers()))) {
            job.start(2, COUNTING_SHARE);
            try (TrialFeed feed = new TrialFeed(system, load, TRIALS_PER_SECOND)) {
                job.awaitTrials(1);
                await().atMost(CountedJob.PATIENCE)
                        .until(() -> dashboard.phase(load.experiment()).equals("live"));
                Prefixes memorization = Prefixes.ofMemorization(job.trials(), READ_EXAMPLES);
                try (Hammer state =
                                new Hammer(
                                        system, job.trials(), memorization, STATE_READERS, PAUSE);
                        DashboardHammer shown =
                                new DashboardHammer(
                                        dashboard,
                                        job.trials(),
                                        memorization,
                                        LIST_READERS,
                                        PAUSE)) {
                    await().atMost(CountedJob.PATIENCE)
                            .until(() -> state.answers() > 0 && shown.answers() > 0);
                    Map<String, Watched> watched = watch(system, dashboard);
                    report(watched, state, shown);
                    watched.forEach(SoakITCase::assertSteady);
                    assertThat(state.wrong()).isEmpty();
                    assertThat(shown.wrong()).isEmpty();
                }
                int count = feed.end();
                assertThat(job.awaitTrials(count).getTrials()).isEqualTo(count);
                assertSampledPairs(system, job, count);
            }
            assertThat(system.flink.crashReports()).isEmpty();
        }
    }

    private static Map<String, Watched> watch(TestedSystem system, DashboardProcess dashboard) {
        Map<String, Watched> watched = new LinkedHashMap<>();
        watched.put(
                "broker",
                new Watched(system.broker.process(), limit(BrokerProcess.HEAP_MEGABYTES)));
        watched.put(
                "JobManager",
                new Watched(system.flink.jobManager(), limit(FlinkProcesses.JOB_MANAGER_HEAP)));
        for (int number = 1; number <= TestedSystem.TASK_MANAGERS; number++) {
            watched.put(
                    "TaskManager " + number,
                    new Watched(
                            system.flink.taskManager(number), FlinkProcesses.TASK_MANAGER_BYTES));
        }
        watched.put(
                "dashboard",
                new Watched(dashboard.process(), limit(DashboardProcess.HEAP_MEGABYTES)));
        Instant end = Instant.now().plus(LENGTH);
        await().pollInterval(Duration.ofSeconds(1))
                .atMost(LENGTH.plus(CountedJob.PATIENCE))
                .until(
                        () -> {
                            watched.values().forEach(Watched::look);
                            return Instant.now().isAfter(end);
                        });
        return watched;
    }

    private static long limit(int heapMegabytes) {
        return ((long) heapMegabytes << 20) + NATIVE_BYTES;
    }

    private static void report(Map<String, Watched> watched, Hammer state, DashboardHammer shown) {
        LOG.info(
                "{} s: {} answers of state, {} lists of the dashboard",
                LENGTH.toSeconds(),
                state.answers(),
                shown.answers());
        watched.forEach(
                (name, process) ->
                        LOG.info(
                                "{}: in the middle {}; in the end {}; limit {} MB",
                                name,
                                process.middle(),
                                process.last(),
                                process.limit() >> 20));
    }

    private static void assertSteady(String name, Watched process) {
        assertThat(process.ever().residentBytes())
                .as("memory of the %s", name)
                .isLessThan(process.limit());
        assertThat(process.last().threads())
                .as("threads of the %s", name)
                .isLessThan(process.middle().threads() + MORE_THREADS);
        assertThat(process.last().files())
                .as("files of the %s", name)
                .isLessThan(process.middle().files() + MORE_FILES);
    }

    /** Some pairs, anywhere in the state, against the formula. */
    private static void assertSampledPairs(TestedSystem system, CountedJob job, int count)
            throws Exception {
        RandomTrials trials = job.trials();
        Random random = new Random(count);
        try (QueryableStateEstimateReader reader =
                QueryableStateEstimateReader.open(
                        system.kafka.properties(),
                        trials.name,
                        null,
                        system.flink.rest(),
                        CountedJob.PATIENCE)) {
            for (int sample = 0; sample < SAMPLED_PAIRS; sample++) {
                int i = random.nextInt(trials.trainSize);
                int j = random.nextInt(trials.testSize);
                Influence influence =
                        await().atMost(CountedJob.PATIENCE)
                                .pollDelay(Duration.ZERO)
                                .until(
                                        () -> reader.influence(i, j),
                                        answer -> answer.from().trials() == count);
                assertThat(influence.estimate().counts())
                        .as("pair %d, %d", i, j)
                        .isEqualTo(counts(trials, i, j, count));
            }
        }
    }

    private static InOutCounts counts(RandomTrials trials, int i, int j, int count) {
        int in = 0;
        int inCorrect = 0;
        int correct = 0;
        for (int k = 0; k < count; k++) {
            int included = trials.masks.get(k)[i] ? 1 : 0;
            int right = trials.testCorrect.get(k)[j] ? 1 : 0;
            in += included;
            inCorrect += included * right;
            correct += right;
        }
        return new InOutCounts(in, inCorrect, count - in, correct - inCorrect);
    }
}
