package dev.longtail.benchmarks;

import dev.longtail.benchmarks.counting.CountingBenchSettings;
import dev.longtail.benchmarks.counting.LatencyBenchCommand;
import dev.longtail.benchmarks.kernel.KernelBenchCommand;
import dev.longtail.benchmarks.planted.PlantedBenchCommand;
import dev.longtail.benchmarks.training.TrainingBenchCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code longtail bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures how fast this machine counts.",
            "Generated trials go through a Kafka of its own into the job with RocksDB and checkpoints, beside the published formula in NumPy (python3 with numpy).",
            "Publishes and trains nothing in a running system. See docs/performance.md."
        },
        subcommands = {
            KernelBenchCommand.class,
            LatencyBenchCommand.class,
            PlantedBenchCommand.class,
            TrainingBenchCommand.class
        })
public final class BenchCommand implements Callable<Integer> {

    @Mixin private CountingBenchSettings settings;

    @Override
    public Integer call() throws Exception {
        settings.run();
        return 0;
    }
}
