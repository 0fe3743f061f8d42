package dev.longtail.local.demo;

import dev.longtail.schemas.ExperimentTopics;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Option;

/** What the demo trains and when it is done. */
final class DemoSettings {

    private static final String DEFAULT_EXPERIMENT = "demo";

    @Option(
            names = "--trials",
            paramLabel = "NUMBER",
            defaultValue = "2000",
            description = "Trials of the experiment, those of earlier runs included.")
    private int trials;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Directory with a data set in MNIST's IDX format, plain or gzip. Without it digits with a known long tail are drawn.")
    private Path data;

    @Option(
            names = "--experiment",
            paramLabel = "NAME",
            description =
                    "Name of the experiment. Without it 'demo', or 'demo-' and the name of the --data directory.")
    private String experiment;

    @Option(
            names = "--workers",
            paramLabel = "NUMBER",
            defaultValue = "2",
            description = "Trainer processes, each on one core.")
    private int workers;

    @Option(
            names = "--fresh",
            description =
                    "Delete the experiment of this name with all its trials and start over. Other experiments in the work directory stay.")
    private boolean fresh;

    @Option(
            names = "--exit-when-done",
            description = "End when the trials are counted instead of staying up for looking.")
    private boolean exitWhenDone;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write the final report as JSON to this file too.")
    private Path report;

    /** Trials asked for. */
    int trials() {
        return trials;
    }

    /** Directory of the data set; null for drawn digits. */
    Path data() {
        return data;
    }

    /** Name of the experiment. */
    String experiment() {
        if (experiment != null) {
            return ExperimentTopics.requireName(experiment);
        }
        if (data == null) {
            return DEFAULT_EXPERIMENT;
        }
        String directory = data.toAbsolutePath().normalize().getFileName().toString();
        return ExperimentTopics.requireName(
                DEFAULT_EXPERIMENT
                        + "-"
                        + directory.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "-"));
    }

    /** Trainer processes. */
    int workers() {
        return workers;
    }

    /** Whether to start over. */
    boolean fresh() {
        return fresh;
    }

    /** Whether to end when done. */
    boolean exitWhenDone() {
        return exitWhenDone;
    }

    /** File for the JSON report; null for none. */
    Path report() {
        return report;
    }
}
