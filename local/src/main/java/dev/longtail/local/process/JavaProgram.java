package dev.longtail.local.process;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How to start this program again with other arguments: the same Java, class path and module
 * options, as a process of its own.
 *
 * @param java the {@code java} command
 * @param moduleOptions what the class path needs of the module system ({@code --add-opens=...})
 * @param classPath the class path; handed over in the environment, since it is long
 * @param mainClass name of the class whose main method takes the arguments
 */
public record JavaProgram(
        Path java, List<String> moduleOptions, String classPath, String mainClass) {

    /** Ctrl-C goes to the whole process group: only the supervisor may follow it. */
    private static final String DEAF_TO_TERMINAL = "trap '' INT HUP; exec \"$@\"";

    /**
     * This Java process's own program.
     *
     * @param mainClass the class with the main method
     */
    public static JavaProgram ofThis(Class<?> mainClass) {
        List<String> moduleOptions =
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(option -> option.startsWith("--"))
                        .toList();
        return new JavaProgram(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                moduleOptions,
                absolute(System.getProperty("java.class.path")),
                mainClass.getName());
    }

    /**
     * A process that outlives Ctrl-C and a closed terminal, not yet started.
     *
     * @param jvmOptions options of this process alone, for example its heap
     * @param arguments arguments of the main class
     */
    public ProcessBuilder process(List<String> jvmOptions, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", DEAF_TO_TERMINAL, "longtail"));
        command.add(java.toString());
        command.addAll(moduleOptions);
        command.addAll(jvmOptions);
        command.add(mainClass);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", classPath);
        return builder;
    }

    private static String absolute(String classPath) {
        List<String> entries = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }
}
