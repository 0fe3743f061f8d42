package dev.longtail.aggregator.command;

import dev.longtail.aggregator.JobSettings;
import dev.longtail.aggregator.ReplayRange;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code job}: counts an experiment's trials. */
@Command(
        name = "job",
        mixinStandardHelpOptions = true,
        description = {
            "Counts the trials of an experiment: live estimates, pairs and convergence.",
            "",
            "Waits for the experiment's description, reads its trials from the earliest one or",
            "continues from the newest checkpoint, and runs until it is stopped."
        })
public final class JobCommand implements Callable<Integer> {

    @Mixin private JobSettings settings = new JobSettings();
    @Mixin private WhereToRun where = new WhereToRun();
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        return where.run(settings, ReplayRange.EVERYTHING, spec.commandLine().getOut());
    }
}
