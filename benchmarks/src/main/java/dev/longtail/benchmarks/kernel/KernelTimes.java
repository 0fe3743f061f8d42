package dev.longtail.benchmarks.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Times of one kernel over several rounds, and of C in the same rounds. */
final class KernelTimes {

    private final String kernel;
    private final String version;
    private final List<Double> nanos = new ArrayList<>();
    private final List<Double> nanosOfC = new ArrayList<>();

    KernelTimes(String kernel, String version) {
        this.kernel = kernel;
        this.version = version;
    }

    /** Adds a round: medians over iterations, of C over those before and after. */
    void addRound(double[] own, double[] before, double[] after) {
        nanos.add(median(own));
        if (before.length + after.length > 0) {
            nanosOfC.add(
                    median(
                            DoubleStream.concat(Arrays.stream(before), Arrays.stream(after))
                                    .toArray()));
        }
    }

    /** C's time over this kernel's, per round, sorted; empty without C. */
    private double[] ratios() {
        double[] ratios = new double[nanosOfC.size()];
        Arrays.setAll(ratios, round -> nanosOfC.get(round) / nanos.get(round));
        Arrays.sort(ratios);
        return ratios;
    }

    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("kernel", kernel);
        figures.put("java", version);
        figures.put("nanosPerFold", nanos);
        figures.put("nanosPerFoldOfC", nanosOfC);
        figures.put("shareOfC", ratios());
        return figures;
    }

    static String table(List<KernelTimes> measured, int rows, int columns, int trials) {
        StringBuilder table = new StringBuilder();
        table.append(
                "%n%d x %d examples, %d trials per fold%n%n"
                        .formatted(rows, columns, trials)
                        .concat(
                                "kernel  Java       us per fold  1e9 pair-trials/s  share of C: median (range over rounds)%n"
                                        .formatted()));
        for (KernelTimes times : measured) {
            double median = median(times.nanos.stream().mapToDouble(Double::doubleValue).toArray());
            table.append(
                    "%-7s %-10s %11.1f  %17.0f  %s%n"
                            .formatted(
                                    times.kernel,
                                    times.version,
                                    median / 1e3,
                                    (double) rows * columns * trials / median,
                                    times.share()));
        }
        return table.toString();
    }

    private String share() {
        double[] ratios = ratios();
        return ratios.length == 0
                ? "no C compiler"
                : "%.2f (%.2f to %.2f)"
                        .formatted(median(ratios), ratios[0], ratios[ratios.length - 1]);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
