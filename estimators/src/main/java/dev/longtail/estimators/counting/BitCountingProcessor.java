package dev.longtail.estimators.counting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Whether the processor counts the bits of all words of a vector at once. */
final class BitCountingProcessor {

    private static final Path LINUX = Path.of("/proc/cpuinfo");
    private static final Set<String> X86 = Set.of("amd64", "x86_64");
    private static final String X86_FLAG = "avx512_vpopcntdq";

    private BitCountingProcessor() {}

    /** Of the processor this JVM runs on. */
    static boolean countsVectors() {
        return countsVectors(System.getProperty("os.arch"), description());
    }

    /**
     * Of a processor. Of x86 only those with AVX-512 VPOPCNTDQ do: AMD from Zen 4, Intel from Ice
     * Lake on. 64-bit ARM does with any vectors; others are taken to.
     *
     * @param architecture as the property {@code os.arch} has it
     * @param description lines of Linux's {@code /proc/cpuinfo}; none where there is none, which is
     *     taken for no: carry-save adders need nothing special
     */
    static boolean countsVectors(String architecture, List<String> description) {
        return !X86.contains(architecture)
                || description.stream()
                        .filter(line -> line.startsWith("flags"))
                        .flatMap(line -> Stream.of(line.split("\\s+")))
                        .anyMatch(X86_FLAG::equals);
    }

    private static List<String> description() {
        try {
            return Files.isReadable(LINUX) ? Files.readAllLines(LINUX) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }
}
