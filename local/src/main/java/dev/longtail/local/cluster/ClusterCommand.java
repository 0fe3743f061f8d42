package dev.longtail.local.cluster;

import dev.longtail.aggregator.cluster.EmbeddedCluster;
import dev.longtail.local.options.JobOptions;
import dev.longtail.local.process.StopRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code longtail cluster}: the Flink process of a system on this machine, with its jobs. */
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        modelTransformer = JobOptions.class,
        description = {
            "Runs Flink in one process and counts experiments in it until it is stopped.",
            "'demo' and 'up' start one by themselves. A job goes on from its newest usable state."
        })
public final class ClusterCommand implements Callable<Integer> {

    private static final int BAD_USAGE = 2;
    private static final long LOOK_MILLIS = 500;

    @Mixin private ClusterSettings settings;

    @Spec private CommandSpec spec;

    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Override
    public Integer call() throws InterruptedException {
        StopRequest.beforeExit(this::stopAndWait);
        try (EmbeddedCluster cluster = EmbeddedCluster.start(settings.cluster());
                CountingJobs jobs =
                        new CountingJobs(cluster, settings, jobArguments(), ClusterCommand::say)) {
            do {
                jobs.look();
            } while (!stopRequested.await(LOOK_MILLIS, TimeUnit.MILLISECONDS));
            return 0;
        } catch (RefusedStateException | IllegalArgumentException e) {
            say(e.getMessage());
            return BAD_USAGE;
        } finally {
            stopped.countDown();
        }
    }

    private List<String> jobArguments() {
        List<String> arguments = new ArrayList<>(new JobOptions().arguments(spec));
        arguments.add("--bootstrap-servers=" + settings.kafka().bootstrapServers());
        return arguments;
    }

    private static void say(String message) {
        System.out.println(message);
    }

    private void stopAndWait() {
        stopRequested.countDown();
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
