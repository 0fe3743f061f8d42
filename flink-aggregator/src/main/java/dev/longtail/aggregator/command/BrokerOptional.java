package dev.longtail.aggregator.command;

import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Questions to a dashboard need no broker: it is required of the others only, when they are put.
 */
final class BrokerOptional implements IModelTransformer {

    @Override
    public CommandSpec transform(CommandSpec command) {
        OptionSpec required = command.findOption("--bootstrap-servers");
        command.remove(required);
        command.addOption(OptionSpec.builder(required).required(false).build());
        return command;
    }
}
