package dev.longtail.benchmarks.counting;

/** A latency run for people. */
final class LatencyTable {

    private LatencyTable() {}

    static String of(LatencyRun run) {
        StringBuilder text = new StringBuilder();
        text.append(
                "%n%d x %d, %s pairs, %d tasks: %d trials in %.0f s, %d publications%n"
                        .formatted(
                                run.scenario().train(),
                                run.scenario().test(),
                                run.scenario().pairs(),
                                run.scenario().parallelism(),
                                run.scenario().trials() - run.before(),
                                run.seconds(),
                                run.publications()));
        text.append("%-34s %7s %10s %10s %10s%n".formatted("", "count", "p50 ms", "p99 ms", "max"));
        row(text, "trial published → in all estimates", run.trialToEstimate());
        row(text, "influence of a pair", run.pairQuery());
        row(text, "memorization of an example", run.exampleQuery());
        text.append(
                """
                questions without an answer: %d
                counting tasks busy: %.1f %% of the time; the job's process: %.1f %% of the processors
                checkpoints: %d, the longest %d ms; a barrier was held up %d ms at most (%s)
                """
                        .formatted(
                                run.unansweredQueries(),
                                100 * run.countingShare(),
                                100 * run.processorShare(),
                                run.checkpoints().checkpoints(),
                                run.checkpoints().checkpointMillis(),
                                run.checkpoints().barrierMillis(),
                                run.checkpoints().barrierTask()));
        return text.toString();
    }

    private static void row(StringBuilder text, String what, Times times) {
        if (times != null) {
            text.append(
                    "%-34s %7d %10.1f %10.1f %10.1f%n"
                            .formatted(what, times.count(), times.p50(), times.p99(), times.max()));
        }
    }
}
