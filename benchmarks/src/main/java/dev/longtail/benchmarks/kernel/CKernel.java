package dev.longtail.benchmarks.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The kernels in C, compiled for this machine: the yardsticks. */
final class CKernel {

    /** The loop of the plain Java kernel, left to the C compiler to vectorise. */
    static final String LOOP = "loop";

    /** Written by hand for AVX-512 VPOPCNTDQ: the ceiling. */
    static final String INTRINSICS = "intrinsics";

    private static final int LACKS_INSTRUCTIONS = 3;

    private static final String SOURCE = "fold_kernel.c";
    private static final String ITERATION_MILLIS = "300";

    private final Path program;

    private CKernel(Path program) {
        this.program = program;
    }

    /**
     * Compiles the kernels.
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
        requireSuccess("cc", compiler, said(compiler));
        return Optional.of(new CKernel(program));
    }

    /**
     * Times folds of a tile.
     *
     * @param kernel {@link #LOOP} or {@link #INTRINSICS}
     * @return nanoseconds of processor time per fold, one per iteration; none when the machine
     *     lacks the kernel's instructions
     */
    double[] time(String kernel, int rows, int columns, int trials, int iterations)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                program.toString(),
                                kernel,
                                String.valueOf(rows),
                                String.valueOf(columns),
                                String.valueOf(trials),
                                "2",
                                String.valueOf(iterations),
                                ITERATION_MILLIS)
                        .redirectErrorStream(true)
                        .start();
        String said = said(process);
        if (process.waitFor() == LACKS_INSTRUCTIONS) {
            return new double[0];
        }
        requireSuccess(SOURCE, process, said);
        return said.lines().limit(iterations).mapToDouble(Double::parseDouble).toArray();
    }

    private static String said(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void requireSuccess(String what, Process process, String said)
            throws IOException, InterruptedException {
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException("%s ended with code %d: %s".formatted(what, code, said));
        }
    }
}
