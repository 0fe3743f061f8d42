package dev.longtail.exchange;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Python that has what the examples import. Where it has Apache's package {@code avro} and not
 * {@code fastavro}, as Debian's, a stand-in made of the former is put in the latter's place.
 *
 * @param interpreter the program
 * @param packages a directory of packages beside its own, or null
 */
record PythonWithKafka(String interpreter, Path packages) {

    /** Names an interpreter that must have the packages; else the usual ones are tried. */
    static final String VARIABLE = "LONGTAIL_TEST_PYTHON";

    private static final Path STAND_IN = Path.of("src", "test", "python", "apache-avro");

    /** What a program ended with. */
    record Finished(int exitCode, String output) {}

    /**
     * Looks for one.
     *
     * @throws IllegalStateException when the named interpreter lacks a package
     */
    static Optional<PythonWithKafka> find() throws Exception {
        String named = System.getenv(VARIABLE);
        List<String> interpreters =
                named == null ? List.of("python3", "/usr/bin/python3") : List.of(named);
        StringBuilder said = new StringBuilder();
        for (String interpreter : interpreters) {
            for (Path packages : new Path[] {null, STAND_IN}) {
                PythonWithKafka python = new PythonWithKafka(interpreter, packages);
                Finished imports = python.run("-c", "import fastavro, confluent_kafka, numpy");
                if (imports.exitCode() == 0) {
                    return Optional.of(python);
                }
                said.append(imports.output());
            }
        }
        if (named != null) {
            throw new IllegalStateException(VARIABLE + "=" + named + ": " + said);
        }
        return Optional.empty();
    }

    /** Runs it to its end. */
    Finished run(String... arguments) throws Exception {
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
