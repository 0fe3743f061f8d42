package dev.longtail.benchmarks.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Times of one kernel over several rounds, and of those in C in the same rounds. */
final class KernelTimes {

    private final String kernel;
    private final String version;
    private final List<Double> nanos = new ArrayList<>();
    private final Map<String, List<Double>> nanosOfC = new LinkedHashMap<>();

    KernelTimes(String kernel, String version) {
        this.kernel = kernel;
        this.version = version;
    }

    /** Adds this kernel's time in a round: the median over iterations. */
    void add(double[] iterations) {
        nanos.add(median(iterations));
    }

    /** Adds the time of a kernel in C in the same round: the median before and after. */
    void addC(String name, double[] before, double[] after) {
        double[] iterations =
                DoubleStream.concat(Arrays.stream(before), Arrays.stream(after)).toArray();
        if (iterations.length > 0) {
            nanosOfC.computeIfAbsent(name, c -> new ArrayList<>()).add(median(iterations));
        }
    }

    /** C's time over this kernel's, per round, sorted; empty where that C was not measured. */
    private double[] ratios(String name) {
        List<Double> c = nanosOfC.getOrDefault(name, List.of());
        double[] ratios = new double[c.size()];
        Arrays.setAll(ratios, round -> c.get(round) / nanos.get(round));
        Arrays.sort(ratios);
        return ratios;
    }

    Map<String, Object> figures() {
        Map<String, Object> shares = new LinkedHashMap<>();
        nanosOfC.keySet().forEach(name -> shares.put(name, ratios(name)));
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("kernel", kernel);
        figures.put("java", version);
        figures.put("nanosPerFold", nanos);
        figures.put("nanosPerFoldOfC", nanosOfC);
        figures.put("shareOfC", shares);
        return figures;
    }

    static String table(List<KernelTimes> measured, int rows, int columns, int trials) {
        StringBuilder table = new StringBuilder();
        table.append(
                """
                %n%d x %d examples, %d trials per fold
                processor time; share of C's speed: median (range over rounds); loop: the loop of the plain kernel,
                vectorised by the C compiler; intrinsics: by hand for AVX-512 VPOPCNTDQ

                kernel        Java       us per fold  1e9 pair-trials/s  of C, loop           of C, intrinsics
                """
                        .formatted(rows, columns, trials));
        for (KernelTimes times : measured) {
            double median = median(times.nanos.stream().mapToDouble(Double::doubleValue).toArray());
            table.append(
                    "%-13s %-10s %11.1f  %17.0f  %-20s %s%n"
                            .formatted(
                                    times.kernel,
                                    times.version,
                                    median / 1e3,
                                    (double) rows * columns * trials / median,
                                    times.share(CKernel.LOOP),
                                    times.share(CKernel.INTRINSICS)));
        }
        return table.toString();
    }

    private String share(String name) {
        double[] ratios = ratios(name);
        return ratios.length == 0
                ? "not measured"
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
