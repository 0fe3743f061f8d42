package dev.longtail.exchange.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HeldoutRunTest {

    @TempDir private Path ratio;

    @Test
    void putsEveryExampleInItsOriginalPlace() throws IOException {
        ImportedTrial trial = HeldoutRun.read("17", RunFiles.good().write(ratio, "17"));

        assertThat(trial.id()).isEqualTo("17");
        assertThat(trial.trainSize()).isEqualTo(5);
        assertThat(trial.testSize()).isEqualTo(3);
        assertThat(trial.mask()).containsExactly(0b10101);
        assertThat(trial.trainCorrect()).containsExactly(0b11100);
        assertThat(trial.testCorrect()).containsExactly(0b110);
    }

    @Test
    void accuraciesFollowFromTheVectors() throws IOException {
        var trial = HeldoutRun.read("0", RunFiles.good().write(ratio, "0")).toTrial("cifar");

        assertThat(trial.getExperiment()).isEqualTo("cifar");
        assertThat(trial.getIncludedAccuracy()).isEqualTo(2 / 3.0);
        assertThat(trial.getHeldOutAccuracy()).isEqualTo(1 / 2.0);
        assertThat(trial.getTestAccuracy()).isEqualTo(2 / 3.0);
    }

    @Test
    void acceptsCorrectnessAsNumbers() throws IOException {
        Path file =
                RunFiles.good().with("correctness_train", new double[] {1, 0, 1}).write(ratio, "0");

        assertThat(HeldoutRun.read("0", file).trainCorrect()).containsExactly(0b11100);
    }

    static Stream<Arguments> spoilt() {
        return Stream.of(
                Arguments.of(
                        RunFiles.good().without("index_removed"),
                        "expected an array 'index_removed'"),
                Arguments.of(
                        RunFiles.good().with("index_train", new long[] {4, 0, 5}),
                        "expected indices from 0 to 4 in 'index_train', found 5"),
                Arguments.of(
                        RunFiles.good().with("index_removed", new long[] {-1, 3}),
                        "expected indices from 0 to 4 in 'index_removed', found -1"),
                Arguments.of(
                        RunFiles.good().with("index_train", new long[] {4, 0, 4}),
                        "'index_train' has the index 4 twice"),
                Arguments.of(
                        RunFiles.good().with("index_test", new long[] {2, 2, 1}),
                        "'index_test' has the index 2 twice"),
                Arguments.of(
                        RunFiles.good().with("index_removed", new long[] {1, 4}),
                        "one of 'index_train' and 'index_removed', found 3 in none"),
                Arguments.of(
                        RunFiles.good().with("correctness_train", new boolean[] {true, true}),
                        "array 'correctness_train': expected the shape [3], found (2,)"),
                Arguments.of(
                        RunFiles.good().with("correctness_test", new double[] {1, 0.5, 0}),
                        "array 'correctness_test': expected 0 or 1, found 0.5 at element 1"),
                Arguments.of(
                        RunFiles.good().with("index_test", new double[] {0, 1, 2}),
                        "array 'index_test': expected integers"),
                Arguments.of(
                        RunFiles.good().with("subsample_idx", new long[] {0, 2, 3}),
                        "'subsample_idx' has the example 3, 'index_train' has not"),
                Arguments.of(
                        RunFiles.good().with("subsample_idx", new long[] {0, 2}),
                        "'subsample_idx' has 2 examples, 'index_train' has 3"),
                Arguments.of(
                        RunFiles.good().with("subsample_idx", new long[] {0, 2, 1L << 40}),
                        "in 'subsample_idx', found 1099511627776"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("spoilt")
    void namesWhatIsWrong(RunFiles files, String message) throws IOException {
        Path file = files.write(ratio, "3");

        assertThatThrownBy(() -> HeldoutRun.read("3", file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message);
    }

    @Test
    void refusesATruncatedFile() throws IOException {
        Path file = RunFiles.good().write(ratio, "3");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> HeldoutRun.read("3", file))
                .hasMessageContaining("not a complete .npz archive");
    }
}
