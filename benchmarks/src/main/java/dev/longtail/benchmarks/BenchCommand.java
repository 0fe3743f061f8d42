package dev.longtail.benchmarks;

import dev.longtail.benchmarks.kernel.KernelBenchCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code longtail bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures the counting on this machine.",
        subcommands = KernelBenchCommand.class)
public final class BenchCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }
}
