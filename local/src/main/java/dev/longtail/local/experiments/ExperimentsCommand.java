package dev.longtail.local.experiments;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code longtail experiments}: lists and deletes experiments. */
@Command(
        name = "experiments",
        mixinStandardHelpOptions = true,
        description = "Lists experiments, or deletes one with all that belongs to it.",
        subcommands = {ListCommand.class, DeleteCommand.class})
public final class ExperimentsCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say 'list' or 'delete'.");
    }
}
