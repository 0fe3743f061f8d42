package dev.longtail.local.running;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Options of the Java process that counts. */
public final class CountingJvm {

    private static final String VECTOR_API = "jdk.incubator.vector";

    private static final String DIRECTIVES = "compiler-directives.json";
    private static final String OPTIONS = "compiler.options";
    private static final String COMMENT = "#";

    /** Options of the compilers; the launcher takes the same file for jobs in its own process. */
    public static final List<String> COMPILER = compilerOptions();

    private CountingJvm() {}

    /**
     * Options for the Java that runs this.
     *
     * @param directory where a file that they name is written
     * @throws UncheckedIOException when it cannot be written
     */
    public static List<String> options(Path directory) {
        List<String> options = new ArrayList<>(COMPILER);
        options.add(directives(writeDirectives(directory)));
        // A JVM does not start with a module that it lacks, as a stripped one may lack this.
        if (ModuleFinder.ofSystem().find(VECTOR_API).isPresent()) {
            options.add("--add-modules=" + VECTOR_API);
        }
        return options;
    }

    /**
     * The option that names the directives.
     *
     * @param file with what {@link #directives()} says
     */
    public static String directives(Path file) {
        return "-XX:CompilerDirectivesFile=" + file;
    }

    /** The directives themselves, in HotSpot's own format. */
    public static InputStream directives() {
        return resource(DIRECTIVES);
    }

    private static List<String> compilerOptions() {
        try (InputStream options = resource(OPTIONS)) {
            return new String(options.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith(COMMENT))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + OPTIONS, e);
        }
    }

    private static InputStream resource(String name) {
        return CountingJvm.class.getResourceAsStream("jvm/" + name);
    }

    private static Path writeDirectives(Path directory) {
        Path file = directory.resolve(DIRECTIVES).toAbsolutePath();
        try (InputStream directives = directives()) {
            Files.createDirectories(file.getParent());
            Files.copy(directives, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        return file;
    }
}
