package dev.longtail.trials.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.trials.TrainBodyCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Training does not depend on how many cores a machine has. */
class CoresITCase {

    /** What TensorFlow takes for the number of cores, where nobody asks for a number of threads. */
    private static final String CORES = "TF_NUM_INTRAOP_THREADS";

    @TempDir Path dir;

    /** Trains a body, in a process of its own. */
    static final class Program {

        private Program() {}

        public static void main(String[] arguments) {
            System.exit(new CommandLine(new TrainBodyCommand()).execute(arguments));
        }
    }

    @Test
    void aNetworkHasTheSameParametersAfterTrainingOnAnyNumberOfCores() throws Exception {
        SortedMap<String, ModelSession.Parameter> one = train(1);
        SortedMap<String, ModelSession.Parameter> four = train(4);

        assertThat(four.keySet()).hasSizeGreaterThan(10).isEqualTo(one.keySet());
        one.forEach(
                (name, parameter) ->
                        assertThat(four.get(name).values())
                                .as(name)
                                .containsExactly(parameter.values()));
    }

    private SortedMap<String, ModelSession.Parameter> train(int cores)
            throws IOException, InterruptedException {
        Path body = dir.resolve("body-" + cores);
        ProcessBuilder process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Program.class.getName(),
                                "--model=resnet",
                                "--epochs=1",
                                "--output=" + body)
                        .redirectErrorStream(true)
                        .redirectOutput(dir.resolve(cores + ".log").toFile());
        process.environment().put(CORES, String.valueOf(cores));
        assertThat(process.start().waitFor()).as(() -> log(dir.resolve(cores + ".log"))).isZero();
        return ParameterFile.read(body.resolve("parameters.npz"));
    }

    private static String log(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return file + " cannot be read: " + e;
        }
    }
}
