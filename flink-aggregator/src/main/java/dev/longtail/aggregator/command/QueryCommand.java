package dev.longtail.aggregator.command;

import dev.longtail.aggregator.AnytimeGuarantee;
import dev.longtail.aggregator.client.EstimateReader;
import dev.longtail.aggregator.client.EstimateUnavailableException;
import dev.longtail.aggregator.client.StrongestInfluences;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code query}: asks the running job for estimates. */
@Command(
        name = "query",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Ask the running job for single estimates, with their uncertainty.",
            "",
            "  longtail query mem 17             memorization of training example 17",
            "  longtail query influence 17 42    influence of training on test example",
            "  longtail query top --train 17     the test examples it helps and harms most",
            "  longtail query top --test 42      the training examples that help and harm it most"
        },
        subcommands = {
            QueryCommand.Mem.class,
            QueryCommand.Influence.class,
            QueryCommand.Top.class,
            HelpCommand.class
        })
public final class QueryCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** One question. */
    private abstract static class Question implements Callable<Integer> {

        @Mixin private QuerySettings settings = new QuerySettings();
        @Spec private CommandSpec spec;

        abstract String json(EstimateReader reader, AnswerJson json)
                throws EstimateUnavailableException;

        abstract String text(EstimateReader reader, AnswerText text)
                throws EstimateUnavailableException;

        @Override
        public Integer call() throws EstimateUnavailableException {
            PrintWriter out = spec.commandLine().getOut();
            try (EstimateReader reader = settings.open()) {
                double alpha = reader.experiment().job().getAlpha();
                AnytimeGuarantee guarantee = reader.experiment().anytimeGuarantee();
                if (settings.json()) {
                    out.println(json(reader, new AnswerJson(alpha, guarantee)));
                } else {
                    out.print(text(reader, new AnswerText(alpha, guarantee)));
                }
            }
            out.flush();
            return 0;
        }
    }

    /** {@code query mem}. */
    @Command(
            name = "mem",
            mixinStandardHelpOptions = true,
            description = "Memorization of a training example.")
    static final class Mem extends Question {

        @Parameters(paramLabel = "TRAIN", description = "Index of the training example, from 0.")
        private int train;

        @Override
        String json(EstimateReader reader, AnswerJson json) throws EstimateUnavailableException {
            return json.of(reader.memorization(train));
        }

        @Override
        String text(EstimateReader reader, AnswerText text) throws EstimateUnavailableException {
            return text.of(reader.memorization(train));
        }
    }

    /** {@code query influence}. */
    @Command(
            name = "influence",
            mixinStandardHelpOptions = true,
            description = "Influence of a training example on a test example; positive helps.")
    static final class Influence extends Question {

        @Parameters(
                index = "0",
                paramLabel = "TRAIN",
                description = "Index of the training example, from 0.")
        private int train;

        @Parameters(
                index = "1",
                paramLabel = "TEST",
                description = "Index of the test example, from 0.")
        private int test;

        @Override
        String json(EstimateReader reader, AnswerJson json) throws EstimateUnavailableException {
            return json.of(reader.influence(train, test));
        }

        @Override
        String text(EstimateReader reader, AnswerText text) throws EstimateUnavailableException {
            return text.of(reader.influence(train, test));
        }
    }

    /** {@code query top}. */
    @Command(
            name = "top",
            mixinStandardHelpOptions = true,
            description = "The strongest influences of a training or on a test example.")
    static final class Top extends Question {

        @ArgGroup(exclusive = true, multiplicity = "1")
        private Side side;

        @Option(
                names = "--most",
                paramLabel = "COUNT",
                defaultValue = "10",
                description = "How many of each sign at most.")
        private int most;

        private static final class Side {
            @Option(
                    names = "--train",
                    paramLabel = "TRAIN",
                    required = true,
                    description = "The test examples that this training example influences.")
            private Integer train;

            @Option(
                    names = "--test",
                    paramLabel = "TEST",
                    required = true,
                    description = "The training examples that influence this test example.")
            private Integer test;
        }

        private StrongestInfluences ask(EstimateReader reader) throws EstimateUnavailableException {
            return side.train != null
                    ? reader.topOfTrain(side.train, most)
                    : reader.topOfTest(side.test, most);
        }

        @Override
        String json(EstimateReader reader, AnswerJson json) throws EstimateUnavailableException {
            return json.of(ask(reader));
        }

        @Override
        String text(EstimateReader reader, AnswerText text) throws EstimateUnavailableException {
            return side.train != null
                    ? text.topOfTrain(side.train, ask(reader))
                    : text.topOfTest(side.test, ask(reader));
        }
    }
}
