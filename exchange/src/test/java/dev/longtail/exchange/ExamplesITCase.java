package dev.longtail.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.exchange.TestingPython.Finished;
import dev.longtail.exchange.exporting.PlainTrials;
import dev.longtail.exchange.importing.RunFiles;
import dev.longtail.exchange.replaying.TopicSize;
import dev.longtail.settings.KafkaSettings;
import dev.longtail.testing.TestBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The Python programs under {@code examples/}, with a real broker and a real job between them. They
 * are skipped where no Python has their packages; {@code .ci/run} names one that must.
 */
class ExamplesITCase {

    private static final Path EXAMPLES = Path.of("..", "examples");

    @TempDir private static Path shared;
    private static TestingPython python;
    private static TestBroker broker;

    @TempDir private Path directory;

    @BeforeAll
    static void startBroker() throws Exception {
        python = TestingPython.with("numpy", "fastavro", "confluent_kafka");
        broker = TestBroker.start(shared);
    }

    @AfterAll
    static void stopBroker() {
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void trialsOfPythonAreCountedAndTheirEstimatesReadByPython() throws Exception {
        PlainTrials trials = PlainTrials.ofSubsetSize(6, 90, 45, 30, 31);
        Path arrays =
                new RunFiles()
                        .with("mask", trials.mask())
                        .with("train_correct", trials.trainCorrect())
                        .with("test_correct", trials.testCorrect())
                        .write(directory, "arrays");
        try (CountingJobs jobs = new CountingJobs(shared, broker.bootstrapServers())) {
            run("publish_trials.py", "python", arrays.toString());
            // Started again: the topics are there, and no trial is counted twice.
            run("publish_trials.py", "python", arrays.toString());
            Properties client = KafkaSettings.of(broker.bootstrapServers()).clientProperties();
            assertThat(TopicSize.records(client, "python.trials")).isEqualTo(180);
            jobs.start("python");
            jobs.awaitTrials("python", 90);
            assertThat(jobs.convergence("python").getRejected()).isZero();
            jobs.assertEstimates("python", trials);

            List<String> printed =
                    run("read_estimates.py", "python", "45").output().lines().toList();

            assertThat(printed).hasSize(45).allMatch(line -> line.endsWith(" (90 trials)"));
            double before = 1;
            for (String line : printed) {
                String[] words = line.split("[ :]+");
                double memorization = trials.memorization(Integer.parseInt(words[1]));
                assertThat(words[3]).isEqualTo(String.format(Locale.ROOT, "%.3f", memorization));
                assertThat(memorization).isLessThanOrEqualTo(before);
                before = memorization;
            }
        }
    }

    @Test
    void aReaderSaysThatThereIsNothingYet() throws Exception {
        Finished finished =
                python.run(
                        EXAMPLES.resolve("read_estimates.py").toString(),
                        broker.bootstrapServers(),
                        "nothing");

        assertThat(finished.exitCode()).isEqualTo(1);
        assertThat(finished.output()).contains("there are no estimates of nothing at 127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"publish_trials.py", "read_estimates.py"})
    void fitsOnAPage(String example) throws Exception {
        assertThat(Files.readAllLines(EXAMPLES.resolve(example)))
                .hasSizeLessThanOrEqualTo(40)
                .allMatch(line -> line.length() <= 120);
    }

    private static Finished run(String example, String... arguments) throws Exception {
        String[] all = new String[arguments.length + 2];
        all[0] = EXAMPLES.resolve(example).toString();
        all[1] = broker.bootstrapServers();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        Finished finished = python.run(all);
        assertThat(finished.exitCode()).as(finished.output()).isZero();
        return finished;
    }
}
