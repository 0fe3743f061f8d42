package dev.longtail.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.aggregator.ExperimentKafka;
import dev.longtail.aggregator.RandomTrials;
import dev.longtail.aggregator.ReferenceCheck;
import dev.longtail.exchange.exporting.PlainTrials;
import dev.longtail.exchange.numpy.NpyReader;
import dev.longtail.exchange.numpy.NpzReader;
import dev.longtail.testing.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.bio.npy.NpzFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports beside a job that counts what goes on arriving. */
class ExportWhileCountingITCase {

    private static final int BEFORE = 150;
    private static final int MEANWHILE = 60;
    private static final double FLOAT = 1e-6;

    /** In one partition, so that an export has the first trials in their order. */
    private final RandomTrials trials = new RandomTrials("exported", 61, 47, 400, 9);

    @TempDir private Path directory;

    @Test
    void everyExportIsOfOneTrialCountAndTheJobIsNotDisturbed() throws Exception {
        try (TestBroker broker = TestBroker.start(directory);
                ExperimentKafka kafka = new ExperimentKafka(broker.bootstrapServers());
                CountingJobs jobs = new CountingJobs(directory, broker.bootstrapServers())) {
            kafka.describe(trials.experiment(), 1);
            send(kafka, 0, BEFORE);
            jobs.start("exported");
            jobs.awaitTrials("exported", BEFORE);
            ExchangeProgram program = new ExchangeProgram(broker.bootstrapServers());
            int sent = BEFORE;
            for (String format : List.of("reference", "pairs", "per-class", "masks")) {
                int from = sent;
                sent += MEANWHILE;
                int to = sent;
                CompletableFuture<Void> sending =
                        CompletableFuture.runAsync(() -> send(kafka, from, to));
                Path out = directory.resolve(format);
                program.run(
                        0, "export", "--experiment=exported", "--format=" + format, "--out=" + out);
                sending.join();

                int counted = trialsIn(format, out);
                assertThat(counted).isBetween(from, to);
                if (format.equals("reference")) {
                    assertReference(out, first(counted));
                }
            }
            send(kafka, sent, trials.trials());
            jobs.awaitTrials("exported", trials.trials());
            jobs.assertUndisturbed("exported");
            new ReferenceCheck(trials, kafka, "exported").assertEstimates();
            try (var files = Files.list(directory)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .noneMatch(name -> name.contains("partial") || name.endsWith(".bits"));
            }
        }
    }

    private static void assertReference(Path file, PlainTrials expected) {
        try (NpzFile.Reader npz = NpzFile.read(file)) {
            float[] memorization = npz.get("memorization", 1 << 10).asFloatArray();
            float[] influence = npz.get("influence", 1 << 10).asFloatArray();
            for (int i = 0; i < expected.trainSize(); i++) {
                assertThat((double) memorization[i])
                        .isEqualTo(expected.memorization(i), within(FLOAT));
                for (int j = 0; j < expected.testSize(); j++) {
                    assertThat((double) influence[j * expected.trainSize() + i])
                            .isEqualTo(expected.influence(i, j), within(FLOAT));
                }
            }
        }
    }

    private PlainTrials first(int count) {
        return new PlainTrials(
                trials.masks.subList(0, count).toArray(boolean[][]::new),
                trials.trainCorrect.subList(0, count).toArray(boolean[][]::new),
                trials.testCorrect.subList(0, count).toArray(boolean[][]::new));
    }

    private static int trialsIn(String format, Path out) throws IOException {
        if (format.equals("masks")) {
            return Files.readAllLines(out.resolve("trial_ids.txt")).size();
        }
        try (NpzReader npz = new NpzReader(out);
                NpyReader array = npz.array("trials")) {
            return (int) array.nextLongs(1)[0];
        }
    }

    private void send(ExperimentKafka kafka, int from, int to) {
        for (int k = from; k < to; k++) {
            kafka.send(trials.trial(k));
        }
        kafka.flush();
    }
}
