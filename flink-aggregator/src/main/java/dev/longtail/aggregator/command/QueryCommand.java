package dev.longtail.aggregator.command;

import dev.longtail.aggregator.client.EstimateUnavailableException;
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
            "Asks the running job for single estimates, with their uncertainty.",
            "",
            "  longtail query mem 17             memorization of training example 17",
            "  longtail query influence 17 42    influence of training 17 on test 42",
            "  longtail query top --train 17     test examples it helps and harms most",
            "  longtail query top --test 42      training examples that help and harm it"
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

        abstract EstimateQuestion question();

        @Override
        public Integer call() throws EstimateUnavailableException {
            PrintWriter out = spec.commandLine().getOut();
            out.print(settings.answer(question()));
            out.flush();
            return 0;
        }
    }

    /** {@code query mem}. */
    @Command(
            name = "mem",
            modelTransformer = BrokerOptional.class,
            mixinStandardHelpOptions = true,
            description = "Memorization of a training example.")
    static final class Mem extends Question {

        @Parameters(paramLabel = "TRAIN", description = "Index of the training example, from 0.")
        private int train;

        @Override
        EstimateQuestion question() {
            return new EstimateQuestion.Memorization(train);
        }
    }

    /** {@code query influence}. */
    @Command(
            name = "influence",
            modelTransformer = BrokerOptional.class,
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
        EstimateQuestion question() {
            return new EstimateQuestion.Influence(train, test);
        }
    }

    /** {@code query top}. */
    @Command(
            name = "top",
            modelTransformer = BrokerOptional.class,
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

        @Override
        EstimateQuestion question() {
            return side.train != null
                    ? new EstimateQuestion.TopOfTrain(side.train, most)
                    : new EstimateQuestion.TopOfTest(side.test, most);
        }
    }
}
