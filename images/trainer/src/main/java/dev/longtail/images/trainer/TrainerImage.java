package dev.longtail.images.trainer;

import dev.longtail.settings.Program;
import dev.longtail.trials.TopicsCommand;
import dev.longtail.trials.TrainCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the trainer's container runs: {@code train}, and {@code topics} before it. */
@Command(
        name = "longtail",
        mixinStandardHelpOptions = true,
        subcommands = {TrainCommand.class, TopicsCommand.class})
public final class TrainerImage implements Runnable {

    @Spec private CommandSpec spec;

    /** Runs the command and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(Program.run(new TrainerImage(), System.getenv(), arguments));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a command: train or topics");
    }
}
