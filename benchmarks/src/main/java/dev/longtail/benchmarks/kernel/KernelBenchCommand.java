package dev.longtail.benchmarks.kernel;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longtail.benchmarks.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longtail bench kernel}: the fold kernels of one or more Java releases against C. */
@Command(
        name = "kernel",
        mixinStandardHelpOptions = true,
        description = {
            "Times the fold kernels with JMH, and two kernels in C before and after each of them: "
                    + "the loop of the plain Java kernel, vectorised by the C compiler, and one "
                    + "written by hand with AVX-512 intrinsics.",
            "Prints processor times and the share of C's speed that each reaches: median and range over the rounds."
        })
public final class KernelBenchCommand implements Callable<Integer> {

    @Option(
            names = "--java-home",
            paramLabel = "DIR",
            description = "JDK to measure; may be given more than once.")
    private List<Path> javaHomes = List.of(Path.of(System.getProperty("java.home")));

    @Option(
            names = "--rows",
            paramLabel = "EXAMPLES",
            defaultValue = "384",
            description = "Training examples of the tile.")
    private int rows;

    @Option(
            names = "--columns",
            paramLabel = "EXAMPLES",
            defaultValue = "640",
            description = "Test examples of the tile, a multiple of 32.")
    private int columns;

    @Option(
            names = "--block-size",
            paramLabel = "TRIALS",
            defaultValue = "1024",
            description = "Trials of the block, a multiple of 128.")
    private int trials;

    @Option(
            names = "--rounds",
            paramLabel = "COUNT",
            defaultValue = "3",
            description = "How often everything is measured, each time in fresh processes.")
    private int rounds;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Writes the figures of all rounds to this file, too.")
    private Path json;

    @Override
    public Integer call() throws IOException, InterruptedException, RunnerException {
        try (TemporaryDirectory directory = TemporaryDirectory.create(null)) {
            Optional<CKernel> c = CKernel.compile(directory.path());
            if (c.isEmpty()) {
                System.out.println(
                        "There is no C compiler (cc) on the PATH: times without the comparison to C.");
            }
            List<KernelTimes> measured = new ArrayList<>();
            for (JavaHome home : homes()) {
                for (String kernel : kernels(home)) {
                    measured.add(measure(home, kernel, c));
                }
            }
            System.out.print(KernelTimes.table(measured, rows, columns, trials));
            write(measured);
            return 0;
        }
    }

    private List<JavaHome> homes() throws IOException {
        List<JavaHome> homes = new ArrayList<>();
        for (Path home : javaHomes) {
            homes.add(JavaHome.of(home));
        }
        return homes;
    }

    private static List<String> kernels(JavaHome home) {
        return home.countsBitsOfVectors()
                ? List.of("plain", "carry-save", "four-russians", "vector")
                : List.of("plain", "carry-save", "four-russians");
    }

    private KernelTimes measure(JavaHome home, String kernel, Optional<CKernel> c)
            throws IOException, InterruptedException, RunnerException {
        KernelTimes times = new KernelTimes(kernel, home.version());
        for (int round = 1; round <= rounds; round++) {
            System.out.printf(
                    "%s kernel, Java %s, round %d of %d ...%n",
                    kernel, home.version(), round, rounds);
            Map<String, double[]> before = time(c);
            times.add(KernelRun.nanosPerFold(home, kernel, rows, columns, trials));
            Map<String, double[]> after = time(c);
            before.forEach((name, nanos) -> times.addC(name, nanos, after.get(name)));
        }
        return times;
    }

    private Map<String, double[]> time(Optional<CKernel> c)
            throws IOException, InterruptedException {
        Map<String, double[]> nanos = new LinkedHashMap<>();
        if (c.isPresent()) {
            for (String name : List.of(CKernel.LOOP, CKernel.INTRINSICS)) {
                nanos.put(name, c.get().time(name, rows, columns, trials, 5));
            }
        }
        return nanos;
    }

    private void write(List<KernelTimes> measured) throws IOException {
        if (json == null) {
            return;
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("rows", rows);
        figures.put("columns", columns);
        figures.put("blockSize", trials);
        figures.put("kernels", measured.stream().map(KernelTimes::figures).toList());
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), figures);
    }
}
