package dev.longtail.trials;

import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.Split;
import dev.longtail.settings.KafkaSettings;
import dev.longtail.trials.data.DataException;
import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.publishing.Examples;
import dev.longtail.trials.publishing.ExperimentMismatchException;
import dev.longtail.trials.publishing.ExperimentPublisher;
import dev.longtail.trials.publishing.InputTopics;
import dev.longtail.trials.publishing.KafkaFailureException;
import dev.longtail.trials.publishing.TopicSettings;
import dev.longtail.trials.publishing.TrialPublisher;
import dev.longtail.trials.sampling.SubsetSampler;
import dev.longtail.trials.saving.SavedTrials;
import dev.longtail.trials.training.ModelException;
import dev.longtail.trials.training.ModelFactory;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code longtail train}: trains a worker's share of the trials and publishes them. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Trains models on random subsets of a data set and publishes which examples each gets right.",
            "Trials that are published already are skipped, so that a worker can be started again at any time."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:all trials of this worker are published",
            "1:failed; what was published stays",
            "2:wrong usage: options, data or model that cannot work, or another experiment's",
            "143:stopped by SIGTERM (by Ctrl-C: 130); finished trials are published, none in part"
        })
public final class TrainCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(TrainCommand.class);

    @Spec private CommandSpec spec;
    @Mixin private TrainSettings settings;
    @Mixin private ProgressSettings progress;
    @Mixin private TopicSettings topicSettings;
    @Mixin private KafkaSettings kafka;

    @Override
    public Integer call() throws Exception {
        try {
            settings.validate();
            ExperimentTopics.requireName(settings.experiment());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        try (StopSignal stop = StopSignal.onShutdown()) {
            train(stop);
            return 0;
        } catch (DataException | ModelException | ExperimentMismatchException e) {
            // Trying again would find the same, and supervisors do not restart after this code.
            return report(e, ExitCode.USAGE);
        } catch (KafkaFailureException e) {
            return report(e, ExitCode.SOFTWARE);
        }
    }

    private int report(Exception e, int exitCode) {
        LOG.debug("training failed", e);
        spec.commandLine().getErr().println("longtail train: " + e.getMessage());
        return exitCode;
    }

    private void train(StopSignal stop) throws InterruptedException {
        Dataset dataset = settings.dataset();
        int trainSize = dataset.train().size();
        int testSize = dataset.test().size();
        SubsetSampler sampler = settings.sampler(dataset);
        Experiment experiment = Descriptions.experiment(settings, dataset, sampler);
        ExperimentTopics topics = ExperimentTopics.of(settings.experiment());
        Properties client = kafka.clientProperties();
        InputTopics.create(client, topics, topicSettings, trainSize, testSize);
        new ExperimentPublisher(client, topics)
                .publish(
                        experiment,
                        () -> {
                            // Once described, an experiment keeps its model for ever.
                            settings.model().verify(dataset);
                            return Examples.of(dataset);
                        });
        Optional<SavedTrials> saved = settings.saveModels().map(SavedTrials::new);
        saved.ifPresent(
                to -> {
                    to.describe(experiment, Examples.of(Split.TRAIN, dataset.train()));
                    ExperimentMismatchException.check(to.experiment(), experiment);
                });
        try (TrialPublisher publisher = new TrialPublisher(client, topics, trainSize, testSize)) {
            Set<String> published = publisher.publishedIds();
            List<Long> share = settings.trials().share(settings.worker());
            List<Long> missing =
                    share.stream()
                            .filter(k -> isMissing(Long.toString(k), published, saved))
                            .toList();
            LOG.info(
                    "worker {}: {} trials to train, {} of its {} published before; {}, {}",
                    settings.worker(),
                    missing.size(),
                    share.size() - missing.size(),
                    share.size(),
                    experiment.getModel(),
                    experiment.getOptimizer());
            if (missing.isEmpty()) {
                return;
            }
            try (ModelFactory models = settings.model().open(dataset, settings.dataMemoryBytes());
                    Progress shown =
                            progress.open(
                                    "worker " + settings.worker(), "trials", missing.size())) {
                saved.ifPresent(to -> models.saveModel(to.model()));
                TrialSink sink = new TrialSink(publisher, published, saved);
                new Worker(settings, sampler, models, sink, shown, stop).run(missing);
            }
        }
    }

    private static boolean isMissing(
            String id, Set<String> published, Optional<SavedTrials> saved) {
        return !published.contains(id) || saved.isPresent() && !saved.get().has(id);
    }
}
