package dev.longtail.local.running;

import dev.longtail.local.RunningSystem;
import dev.longtail.local.WorkDirectory;
import dev.longtail.local.WorkDirectorySettings;
import dev.longtail.local.WorkLock;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code longtail down}: stops what {@code up} or {@code demo} started. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = {
            "Stops the system of this machine in order: each job takes a savepoint first.",
            "The next 'up' or 'demo' goes on from there. Nothing to stop is no failure."
        })
public final class DownCommand implements Callable<Integer> {

    private static final long WITHIN_SECONDS = 240;

    @Mixin private WorkDirectorySettings work;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        WorkDirectory directory = work.directory();
        PrintWriter out = spec.commandLine().getOut();
        Optional<ProcessHandle> supervisor = WorkLock.holder(directory);
        if (supervisor.isEmpty()) {
            RunningSystem.withdraw(directory);
            out.println("No system runs in " + directory.root() + ".");
            return 0;
        }
        out.println("Stopping the system in " + directory.root() + " ...");
        out.flush();
        supervisor.get().destroy();
        try {
            supervisor.get().onExit().get(WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "the supervisor, process %d, still runs after %d s; see %s"
                            .formatted(
                                    supervisor.get().pid(),
                                    WITHIN_SECONDS,
                                    directory.log("supervisor")),
                    e);
        }
        out.println("Stopped.");
        return 0;
    }
}
