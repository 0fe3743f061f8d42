package dev.longtail.benchmarks.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialsDoneTest {

    @TempDir Path dir;

    @Test
    void isReadAsItWasWrittenLast() throws IOException {
        Path file = dir.resolve("mlp.progress");
        assertThat(TrialsDone.read(file)).isEmpty();

        new TrialsDone(1, 3000, 0.25).write(file);
        TrialsDone last = new TrialsDone(1200, 3000, 61.5);
        last.write(file);

        assertThat(TrialsDone.read(file)).contains(last);
    }

    @Test
    void saysWhatIsLeftAtThePaceSoFar() {
        assertThat(new TrialsDone(600, 3000, 1000).sentence())
                .isEqualTo("600 of 3000 trials, 2160 per hour, 1:06:40 left");
    }
}
