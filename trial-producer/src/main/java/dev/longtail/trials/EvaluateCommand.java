package dev.longtail.trials;

import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.PackedBits;
import dev.longtail.schemas.Split;
import dev.longtail.schemas.Trial;
import dev.longtail.settings.KafkaSettings;
import dev.longtail.trials.data.DataException;
import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.data.Datasets;
import dev.longtail.trials.data.ExampleSet;
import dev.longtail.trials.publishing.Examples;
import dev.longtail.trials.publishing.ExperimentMismatchException;
import dev.longtail.trials.publishing.ExperimentPublisher;
import dev.longtail.trials.publishing.InputTopics;
import dev.longtail.trials.publishing.KafkaFailureException;
import dev.longtail.trials.publishing.TopicSettings;
import dev.longtail.trials.publishing.TrialPublisher;
import dev.longtail.trials.saving.SavedTrials;
import dev.longtail.trials.training.ModelEvaluator;
import dev.longtail.trials.training.ModelException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code longtail evaluate}: makes saved models' trials on other test examples. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Turns models that 'longtail train --save-models DIR' kept into trials of a new experiment on other test examples, without training again.",
            "Trials that are published already are skipped."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:all trials are published",
            "1:failed; what was published stays",
            "2:wrong usage",
            "143:stopped by SIGTERM (by Ctrl-C: 130); what was published stays"
        })
public final class EvaluateCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(EvaluateCommand.class);

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Directory with saved trials.")
    private Path directory;

    @Option(
            names = "--data",
            paramLabel = "DIR|FILE.npz",
            required = true,
            description =
                    "Data set, in a format of 'longtail train --data', whose test examples are predicted; its training examples are not looked at.")
    private Path data;

    @Option(
            names = "--experiment",
            paramLabel = "NAME",
            required = true,
            description = "Name of the new experiment, prefix of its topics.")
    private String experiment;

    @Mixin private ProgressSettings progress;
    @Mixin private TopicSettings topicSettings;
    @Mixin private KafkaSettings kafka;

    @Override
    public Integer call() {
        try {
            ExperimentTopics.requireName(experiment);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--experiment: " + e.getMessage(), e);
        }
        try (StopSignal stop = StopSignal.onShutdown()) {
            evaluate(stop);
            return 0;
        } catch (DataException
                | ModelException
                | ExperimentMismatchException
                | KafkaFailureException e) {
            LOG.debug("evaluation failed", e);
            spec.commandLine().getErr().println("longtail evaluate: " + e.getMessage());
            return 1;
        }
    }

    private void evaluate(StopSignal stop) {
        SavedTrials saved = new SavedTrials(directory);
        Experiment original = saved.experiment();
        int trainSize = original.getTrainSize();
        Dataset dataset = Datasets.open(data);
        ExampleSet test = dataset.test();
        int classes = original.getClassNames().size();
        if (test.largestLabel() >= classes) {
            throw new DataException(
                    "%s: expected labels below %d, the classes of experiment '%s', found %d"
                            .formatted(data, classes, original.getName(), test.largestLabel()));
        }
        ExperimentTopics topics = ExperimentTopics.of(experiment);
        Properties client = kafka.clientProperties();
        InputTopics.create(client, topics, topicSettings, trainSize, test.size());
        new ExperimentPublisher(client, topics)
                .publish(
                        describe(original, dataset),
                        () ->
                                Stream.concat(
                                        saved.trainExamples().stream(),
                                        Examples.of(Split.TEST, test)));
        try (ModelEvaluator evaluator = new ModelEvaluator(saved.model(), test);
                TrialPublisher publisher =
                        new TrialPublisher(client, topics, trainSize, test.size())) {
            Set<String> published = publisher.publishedIds();
            List<String> missing =
                    saved.ids().stream().filter(id -> !published.contains(id)).toList();
            LOG.info(
                    "{} saved trials to evaluate on {} test examples, {} published before",
                    missing.size(),
                    test.size(),
                    saved.ids().size() - missing.size());
            try (Progress shown = progress.open("evaluate", "trials", missing.size())) {
                int done = 0;
                for (String id : missing) {
                    if (stop.getAsBoolean()) {
                        LOG.info("stopped, {} trials left", missing.size() - done);
                        return;
                    }
                    done++;
                    publisher.publish(evaluate(saved, id, evaluator, test.size()));
                    shown.step("trial " + id, "trial " + id);
                }
            }
        }
    }

    /** The original's description with other test examples; planted facts name the original's. */
    private Experiment describe(Experiment original, Dataset dataset) {
        original.setName(experiment);
        original.setCreatedAt(Instant.now());
        original.setTestSize(dataset.test().size());
        original.setTestLabels(IntStream.of(dataset.test().labels()).boxed().toList());
        original.setDataFingerprint(dataset.fingerprint());
        original.setGroundTruth(null);
        return original;
    }

    private Trial evaluate(SavedTrials saved, String id, ModelEvaluator evaluator, int testSize) {
        long start = System.nanoTime();
        byte[] correct = evaluator.correct(saved.parameters(id));
        Trial trial = saved.trial(id);
        trial.setExperiment(experiment);
        trial.setTestCorrect(ByteBuffer.wrap(correct));
        trial.setTestAccuracy(testSize == 0 ? null : (double) PackedBits.count(correct) / testSize);
        trial.setEvaluateMillis((System.nanoTime() - start) / 1e6);
        return trial;
    }
}
