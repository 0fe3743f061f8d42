package dev.longtail.benchmarks.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The kernel in C, compiled for this machine: the yardstick. */
final class CKernel {

    private static final String SOURCE = "fold_kernel.c";
    private static final String ITERATION_MILLIS = "300";

    private final Path program;

    private CKernel(Path program) {
        this.program = program;
    }

    /**
     * Compiles the kernel.
     *
     * @param directory where source and program are put
     * @return empty when there is no C compiler {@code cc}
     * @throws IOException when the compiler is there and fails
     */
    static Optional<CKernel> compile(Path directory) throws IOException, InterruptedException {
        Path source = directory.resolve(SOURCE);
        Path program = directory.resolve("fold_kernel");
        try (InputStream in = CKernel.class.getResourceAsStream(SOURCE)) {
            Files.copy(in, source);
        }
        Process compiler;
        try {
            compiler =
                    new ProcessBuilder(
                                    "cc",
                                    "-std=c11",
                                    "-O3",
                                    "-march=native",
                                    "-o",
                                    program.toString(),
                                    source.toString())
                            .redirectErrorStream(true)
                            .start();
        } catch (IOException e) {
            return Optional.empty();
        }
        requireSuccess("cc", compiler);
        return Optional.of(new CKernel(program));
    }

    /**
     * Times folds of a tile.
     *
     * @return nanoseconds per fold, one per iteration
     */
    double[] time(int rows, int columns, int trials, int iterations)
            throws IOException, InterruptedException {
        Process kernel =
                new ProcessBuilder(
                                program.toString(),
                                String.valueOf(rows),
                                String.valueOf(columns),
                                String.valueOf(trials),
                                "2",
                                String.valueOf(iterations),
                                ITERATION_MILLIS)
                        .redirectErrorStream(true)
                        .start();
        List<String> lines = requireSuccess(SOURCE, kernel).lines().toList();
        return lines.subList(1, 1 + iterations).stream().mapToDouble(Double::parseDouble).toArray();
    }

    private static String requireSuccess(String what, Process process)
            throws IOException, InterruptedException {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException("%s ended with code %d: %s".formatted(what, code, said));
        }
        return said;
    }
}
