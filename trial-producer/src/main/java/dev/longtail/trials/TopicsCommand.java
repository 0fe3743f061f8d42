package dev.longtail.trials;

import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.TopicPlan;
import dev.longtail.settings.KafkaSettings;
import dev.longtail.trials.publishing.InputTopics;
import dev.longtail.trials.publishing.KafkaFailureException;
import dev.longtail.trials.publishing.TopicSettings;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code longtail topics}: creates an experiment's topics before anyone writes to them. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Creates all topics of an experiment as they must be; those that exist stay as they are.",
            "Trainers and the job do the same, with the cluster's own defaults for replicas: this is for",
            "clusters where few may create topics, and for replicas of one's own choice."
        })
public final class TopicsCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = "--experiment",
            paramLabel = "NAME",
            required = true,
            description = "Name of the experiment, prefix of its topics.")
    private String experiment;

    @Option(
            names = "--train-size",
            paramLabel = "EXAMPLES",
            required = true,
            description = "Number of training examples n: the largest trial must fit.")
    private int trainSize;

    @Option(
            names = "--test-size",
            paramLabel = "EXAMPLES",
            required = true,
            description = "Number of test examples n': the largest trial must fit.")
    private int testSize;

    @Option(
            names = "--min-insync-replicas",
            paramLabel = "COUNT",
            description =
                    "Replicas that must have a record before it counts as written; by default the cluster's own.")
    private Integer minInsyncReplicas;

    @Mixin private TopicSettings topicSettings;
    @Mixin private KafkaSettings kafka;

    @Override
    public Integer call() {
        requirePositive("--train-size", trainSize);
        requirePositive("--test-size", testSize);
        ExperimentTopics topics = topics();
        List<TopicPlan> plans =
                Stream.concat(
                                TopicPlan.inputs(
                                        topics, topicSettings.partitions(), trainSize, testSize)
                                        .stream(),
                                TopicPlan.outputs(topics).stream())
                        .toList();
        Map<String, String> more =
                minInsyncReplicas == null
                        ? Map.of()
                        : Map.of("min.insync.replicas", minInsyncReplicas.toString());
        PrintWriter out = spec.commandLine().getOut();
        try {
            List<String> created =
                    InputTopics.create(
                            kafka.clientProperties(),
                            plans,
                            topicSettings.replicationFactor(),
                            more);
            plans.forEach(
                    plan ->
                            out.printf(
                                    "%s %s%n",
                                    created.contains(plan.name()) ? "created" : "exists ",
                                    plan.name()));
            out.flush();
            return 0;
        } catch (KafkaFailureException e) {
            spec.commandLine().getErr().println("longtail topics: " + e.getMessage());
            return 1;
        }
    }

    private ExperimentTopics topics() {
        try {
            return ExperimentTopics.of(experiment);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void requirePositive(String flag, int value) {
        if (value < 1) {
            throw new ParameterException(
                    spec.commandLine(), "expected %s from 1, found %d".formatted(flag, value));
        }
    }
}
