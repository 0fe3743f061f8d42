package dev.longtail.benchmarks.training;

/** Results as a table for people, whose rows can be shown as they become known. */
final class TrainingTable {

    private static final double MEGA = 1e6;

    private TrainingTable() {}

    static String header() {
        return "%-11s %6s %7s %13s %10s %8s %8s %8s %8s %8s %9s %9s %20s"
                .formatted(
                        "model",
                        "trials",
                        "at once",
                        "per core hour",
                        "per hour",
                        "CPU ms",
                        "data",
                        "train",
                        "evaluate",
                        "publish",
                        "accuracy",
                        "peak MB",
                        "resident MB");
    }

    static String row(Workload workload, TrainingResult result) {
        return "%-11s %6d %7d %13.0f %10.0f %8.1f %8.2f %8.2f %8.2f %8.2f %9.3f %9.0f %20s"
                .formatted(
                        workload.label(),
                        result.trials(),
                        result.trialsAtOnce(),
                        result.trialsPerCoreHour(),
                        result.trialsPerHour(),
                        result.cpuMillisPerTrial(),
                        result.dataMillis(),
                        result.trainMillis(),
                        result.evaluateMillis(),
                        result.publishMillis(),
                        result.includedAccuracy(),
                        result.peakBytes() / MEGA,
                        "%.0f (%d) %.0f %.0f"
                                .formatted(
                                        result.earlyBytes() / MEGA,
                                        result.earlyTrials(),
                                        result.middleBytes() / MEGA,
                                        result.lateBytes() / MEGA));
    }

    /** What exactly was trained, for below the table. */
    static String description(Workload workload, TrainingResult result) {
        return "%-11s %s; %s".formatted(workload.label(), result.model(), result.optimizer());
    }

    /** What the columns are. */
    static String legend() {
        return """
                per core hour: trials in an hour of processor time; per hour: as the clock went, with all threads.
                CPU: processor time of a trial, everything included; data (subset, start of the model), train, evaluate (all
                training and test examples), publish (to a Kafka of its own): milliseconds of a trial by the clock.
                accuracy: mean on included examples. resident: after the first trials, after half and after all. Each model in a process
                of its own, with a fixed heap. One run each; compare within a table only.
                """;
    }
}
