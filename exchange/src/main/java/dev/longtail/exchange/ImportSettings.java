package dev.longtail.exchange;

import dev.longtail.exchange.importing.ExampleLabels;
import dev.longtail.exchange.importing.ExperimentForm;
import dev.longtail.exchange.importing.ImportReport;
import dev.longtail.exchange.importing.ImportSource;
import dev.longtail.exchange.importing.KafkaTrialStore;
import dev.longtail.exchange.importing.SamplerChoice;
import dev.longtail.exchange.importing.TrialImport;
import dev.longtail.exchange.importing.TrialImport.OnError;
import dev.longtail.exchange.importing.TrialStore;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.settings.KafkaSettings;
import dev.longtail.trials.publishing.TopicSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all kinds of imports share. */
final class ImportSettings {

    @Option(
            names = "--sampler",
            paramLabel = "auto|fixed-size|bernoulli|arbitrary",
            defaultValue = "auto",
            converter = SamplerConverter.class,
            description =
                    "How a new experiment is described to have drawn its subsets. auto: fixed-size where all subsets have the same size, else arbitrary. fixed-size refuses trials of other sizes.")
    private SamplerChoice sampler;

    @Option(
            names = "--inclusion-probability",
            paramLabel = "PROBABILITY",
            description = "Probability of --sampler bernoulli, between 0 and 1.")
    private Double inclusionProbability;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description =
                    "An .npz file with arrays tr_labels and tt_labels for a new experiment; needed for influence within classes.")
    private Path labels;

    @Option(
            names = "--on-error",
            paramLabel = "skip|stop",
            defaultValue = "stop",
            converter = OnErrorConverter.class,
            description =
                    "What happens with a run that is damaged or contradicts itself: it is named, and then skipped, or the import stops. It is never published.")
    private OnError onError;

    @Mixin private TopicSettings topicSettings;
    @Mixin private KafkaSettings kafka;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Where trials go; close it. */
    TrialStore openStore() {
        return new KafkaTrialStore(kafka.clientProperties(), topicSettings);
    }

    /**
     * Imports one source and says what happened.
     *
     * @return whether the experiment has trials of the source afterwards
     */
    boolean run(TrialStore store, String experiment, ImportSource source) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        TrialImport trialImport = new TrialImport(store, form(), onError, err::println);
        ImportReport report;
        try (ProgressBar bar = Progress.open("import " + experiment, " trials", source.size())) {
            report = trialImport.run(requireName(experiment), source, bar::stepTo);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        spec.commandLine().getOut().println(report.summary());
        return report.published() + report.present() > 0;
    }

    /** Whether files that cannot be read are skipped; told why. */
    boolean skips(IOException problem) {
        if (onError == OnError.SKIP) {
            spec.commandLine().getErr().println("skipped: " + problem.getMessage());
            return true;
        }
        return false;
    }

    private ExperimentForm form() throws IOException {
        boolean stated = inclusionProbability != null;
        boolean valid = stated && inclusionProbability > 0 && inclusionProbability < 1;
        if (stated != (sampler == SamplerChoice.BERNOULLI) || stated && !valid) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--sampler bernoulli and --inclusion-probability between 0 and 1 belong together");
        }
        return new ExperimentForm(
                sampler, inclusionProbability, labels == null ? null : ExampleLabels.read(labels));
    }

    private String requireName(String experiment) {
        try {
            return ExperimentTopics.requireName(experiment);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--experiment: " + e.getMessage(), e);
        }
    }
}
