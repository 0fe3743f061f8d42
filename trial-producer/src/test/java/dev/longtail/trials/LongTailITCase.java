package dev.longtail.trials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.schemas.GroundTruth;
import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.data.generated.LongTailDigits;
import dev.longtail.trials.sampling.TrialSeeds;
import dev.longtail.trials.training.ModelFactory;
import dev.longtail.trials.training.TrialTrainer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * The demonstration's data, network and defaults: what was planted is found, counted in memory
 * straight from the paper's formulas. With fewer trials than the demonstration, so the bounds are
 * those of its issue at a harder task.
 */
class LongTailITCase {

    private static final int TRIALS = 240;

    @Test
    void memorizationFindsFlipsAndRareStylesAndInfluenceFindsTwins() throws Exception {
        TrainSettings settings = new TrainSettings();
        new CommandLine(CommandLine.Model.CommandSpec.create().addMixin("s", mixin(settings)))
                .parseArgs();
        Dataset dataset = LongTailDigits.DEFAULT.draw();
        LongTailStudy study = new LongTailStudy(dataset);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (ModelFactory factory = settings.model().open(dataset, Long.MAX_VALUE)) {
            List<Future<Void>> running = new ArrayList<>();
            for (int worker = 0; worker < 2; worker++) {
                WorkerShare share = new WorkerShare(worker, 2);
                running.add(
                        threads.submit(
                                () -> {
                                    try (TrialTrainer trainer =
                                            factory.trainer(
                                                    settings.sampler(dataset),
                                                    settings.optimizer())) {
                                        for (long k : new TrialRange(0, TRIALS - 1).share(share)) {
                                            study.count(
                                                    trainer.run(
                                                            TrialSeeds.of(settings.seed(), k),
                                                            () -> false));
                                        }
                                    }
                                    return null;
                                }));
            }
            for (Future<Void> thread : running) {
                thread.get();
            }
        } finally {
            threads.shutdown();
        }
        LoggerFactory.getLogger(LongTailITCase.class).info("\n{}", study.report());

        GroundTruth truth = dataset.groundTruth().orElseThrow();
        assertThat(study.trials()).isEqualTo(TRIALS);
        assertThat(study.includedAccuracy()).isGreaterThan(0.99);
        assertThat(study.auc(truth.getFlipped())).isGreaterThan(0.95);
        assertThat(study.auc(truth.getSeenOnce())).isGreaterThan(0.9);
        assertThat(study.recallOfTwins()).isGreaterThanOrEqualTo(0.9);
    }

    private static CommandLine.Model.CommandSpec mixin(TrainSettings settings) {
        return CommandLine.Model.CommandSpec.forAnnotatedObject(settings);
    }
}
