package dev.longtail.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.opentest4j.TestAbortedException;

/**
 * A Python that has what a test needs. Where it has Apache's package {@code avro} and not {@code
 * fastavro}, as Debian's, a stand-in made of the former is put in the latter's place.
 *
 * @param interpreter the program
 * @param packages a directory of packages beside its own, or null
 */
public record TestingPython(String interpreter, Path packages) {

    /** Names an interpreter that must have the packages; else the usual ones are tried. */
    private static final String VARIABLE = "TEST_PYTHON";

    private static final Path STAND_IN = Path.of("src", "test", "python", "apache-avro");

    /** What a program ended with. */
    public record Finished(int exitCode, String output) {}

    /**
     * Looks for one; where there is none, the test is skipped, or fails if the environment names
     * one.
     *
     * @param modules that it must be able to import
     */
    public static TestingPython with(String... modules) throws Exception {
        String named = System.getenv(VARIABLE);
        List<String> interpreters =
                named == null ? List.of("python3", "/usr/bin/python3") : List.of(named);
        StringBuilder said = new StringBuilder();
        for (String interpreter : interpreters) {
            for (Path packages : new Path[] {null, STAND_IN}) {
                TestingPython python = new TestingPython(interpreter, packages);
                Finished imports = python.run("-c", "import " + String.join(", ", modules));
                if (imports.exitCode() == 0) {
                    return python;
                }
                said.append(imports.output());
            }
        }
        assertThat(named).as("%s cannot import what is needed: %s", VARIABLE, said).isNull();
        throw new TestAbortedException(
                "skipped: no Python can import %s (or avro in place of fastavro); Debian's packages are python3-numpy, python3-avro and python3-confluent-kafka"
                        .formatted(String.join(", ", modules)));
    }

    /** Runs it to its end. */
    public Finished run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(interpreter));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        if (packages != null) {
            builder.environment().put("PYTHONPATH", packages.toAbsolutePath().toString());
        }
        try {
            Process process = builder.start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Finished(process.waitFor(), output);
        } catch (IOException missing) {
            return new Finished(-1, missing.getMessage() + "\n");
        }
    }
}
