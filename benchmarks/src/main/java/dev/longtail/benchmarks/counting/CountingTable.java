package dev.longtail.benchmarks.counting;

import java.util.List;

/** Runs as a table for people. */
final class CountingTable {

    private static final double MEGA = 1e6;

    private CountingTable() {}

    static String of(List<CountingRun> runs) {
        StringBuilder table =
                new StringBuilder(
                        "%n%9s %7s %7s %-10s %5s %7s %7s %7s %7s %7s %7s %9s %13s %9s %6s %6s %6s %9s %9s %6s %9s %8s %10s %9s%n"
                                .formatted(
                                        "train",
                                        "test",
                                        "trials",
                                        "pairs",
                                        "tasks",
                                        "first s",
                                        "CPU s",
                                        "seconds",
                                        "CPU s",
                                        "warm s",
                                        "CPU s",
                                        "trials/s",
                                        "1e9 updates/s",
                                        "NumPy s",
                                        "first",
                                        "ratio",
                                        "warm",
                                        "memory MB",
                                        "state MB",
                                        "B/pair",
                                        "chkpt MB",
                                        "chkpt ms",
                                        "barrier ms",
                                        "disk MB"));
        runs.forEach(run -> table.append(row(run)));
        table.append(
                """

                seconds: a replay in a system that runs, from submitting the job until a reader has the estimates
                of all trials in Kafka. first: the first job of a process just started, which counted them before.
                warm: a third job in the same process. CPU: processor time of the process in that time. ratio: over
                NumPy's time for the formula alone, inputs in memory, as many threads as tasks. memory, checkpoints
                and disk are the first job's. memory: peak of the job's process. chkpt: the most that one checkpoint
                wrote, and the longest. barrier: longest time from a checkpoint's trigger until a task had taken its
                snapshot and went on. disk: peak of RocksDB's files and checkpoints. One run each; compare within a
                table only.
                """);
        return table.toString();
    }

    private static String row(CountingRun run) {
        Scenario scenario = run.scenario();
        CountingResult result = run.result();
        return "%9d %7d %7d %-10s %5d %7.1f %7.1f %7.1f %7.1f %7.1f %7.1f %9.0f %13.2f %9s %6s %6s %6s %9.0f %9.0f %6s %9.0f %8d %10d %9.0f%n"
                .formatted(
                        scenario.train(),
                        scenario.test(),
                        scenario.trials(),
                        scenario.pairs(),
                        scenario.parallelism(),
                        result.firstSeconds(),
                        result.firstCpuSeconds(),
                        result.seconds(),
                        result.cpuSeconds(),
                        result.warmSeconds(),
                        result.warmCpuSeconds(),
                        run.trialsPerSecond(),
                        run.pairUpdatesPerSecond() / 1e9,
                        orDash("%.1f", run.baselineSeconds()),
                        orDash("%.3f", run.firstRatio()),
                        orDash("%.3f", run.ratio()),
                        orDash("%.3f", run.warmRatio()),
                        result.peakMemoryBytes() / MEGA,
                        result.checkpointing().stateBytes() / MEGA,
                        orDash("%.2f", run.stateBytesPerPair()),
                        result.checkpointing().checkpointBytes() / MEGA,
                        result.checkpointing().checkpointMillis(),
                        result.checkpointing().barrierMillis(),
                        result.peakDiskBytes() / MEGA);
    }

    private static String orDash(String format, Double value) {
        return value == null ? "-" : format.formatted(value);
    }
}
