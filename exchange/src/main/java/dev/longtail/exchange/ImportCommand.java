package dev.longtail.exchange;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code longtail import}: the kinds of files that can be imported. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "KIND",
        description = "Publishes runs that somebody trained before as trials of an experiment.",
        subcommands = {ImportHeldoutCommand.class, ImportNpzCommand.class, HelpCommand.class})
public final class ImportCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "The kind of files is missing.");
    }
}
