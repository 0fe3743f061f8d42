package dev.longtail.benchmarks.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longtail.benchmarks.counting.ProcessUsage;
import dev.longtail.local.process.StopRequest;
import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.trials.Descriptions;
import dev.longtail.trials.TrainSettings;
import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.publishing.ExperimentPublisher;
import dev.longtail.trials.publishing.InputTopics;
import dev.longtail.trials.publishing.TopicSettings;
import dev.longtail.trials.publishing.TrialPublisher;
import dev.longtail.trials.sampling.SubsetSampler;
import dev.longtail.trials.training.ModelFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The measured process: trains and publishes trials as {@code longtail train} does, and ends.
 *
 * <p>Arguments: the file for the result, the file that says how far it is, the number of trials,
 * Kafka's address, then those of {@code longtail train}.
 */
public final class TrainingProcess {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Trials per place that are not measured: compilers and caches are cold. */
    private static final int WARM_UP = 3;

    private static final int OWN_ARGUMENTS = 4;

    private TrainingProcess() {}

    /** Trains. */
    public static void main(String[] arguments) throws Exception {
        StopRequest.watch();
        TrainSettings settings =
                settings(Arrays.copyOfRange(arguments, OWN_ARGUMENTS, arguments.length));
        TrainingResult result =
                run(settings, Path.of(arguments[1]), Integer.parseInt(arguments[2]), arguments[3]);
        JSON.writeValue(Path.of(arguments[0]).toFile(), result);
        System.exit(0);
    }

    @Command
    private static final class Arguments {
        @Mixin private TrainSettings settings;
    }

    private static TrainSettings settings(String[] arguments) {
        Arguments parsed = new Arguments();
        new CommandLine(parsed).parseArgs(arguments);
        parsed.settings.validate();
        return parsed.settings;
    }

    private static TrainingResult run(
            TrainSettings settings, Path progress, int trials, String servers)
            throws IOException, InterruptedException {
        Dataset dataset = settings.dataset();
        SubsetSampler sampler = settings.sampler(dataset);
        Experiment experiment = Descriptions.experiment(settings, dataset, sampler);
        Properties client = new Properties();
        client.setProperty("bootstrap.servers", servers);
        ExperimentTopics topics = ExperimentTopics.of(settings.experiment());
        int trainSize = dataset.train().size();
        int testSize = dataset.test().size();
        InputTopics.create(client, topics, TopicSettings.of(1, 1), trainSize, testSize);
        new ExperimentPublisher(client, topics).publish(experiment);
        try (ModelFactory models = settings.model().open(dataset, settings.dataMemoryBytes());
                TrialPublisher publisher =
                        new TrialPublisher(client, topics, trainSize, testSize)) {
            MeasuredTrials measured = new MeasuredTrials(settings, sampler, models, publisher);
            measured.run(WARM_UP * settings.threads() * measured.trialsAtOnce());
            publisher.flush();
            measured.reset();
            measured.tellProgressTo(progress, trials);
            double cpuBefore = ProcessUsage.cpuSeconds();
            long begin = System.nanoTime();
            measured.run(trials);
            measured.flush();
            double seconds = (System.nanoTime() - begin) / 1e9;
            double cpuSeconds = ProcessUsage.cpuSeconds() - cpuBefore;
            return measured.result(
                    experiment.getModel(), experiment.getOptimizer(), seconds, cpuSeconds);
        }
    }
}
