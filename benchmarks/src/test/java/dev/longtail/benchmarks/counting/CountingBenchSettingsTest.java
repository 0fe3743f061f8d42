package dev.longtail.benchmarks.counting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class CountingBenchSettingsTest {

    @Command
    private static final class Bench {
        @Mixin private CountingBenchSettings settings;
    }

    /** Each step multiplies one size by five, so that the growth in it can be read off. */
    @Test
    void sizesGrowOneByOne() {
        assertThat(settings("--train=500", "--test=50", "--trials=25").scenarios())
                .containsExactly(
                        new Scenario(100, 10, 5, "all", 100, 1),
                        new Scenario(100, 10, 5, "all", 100, 2),
                        new Scenario(100, 10, 25, "all", 100, 1),
                        new Scenario(100, 10, 25, "all", 100, 2),
                        new Scenario(100, 50, 25, "all", 100, 1),
                        new Scenario(100, 50, 25, "all", 100, 2),
                        new Scenario(500, 50, 25, "all", 100, 1),
                        new Scenario(500, 50, 25, "all", 100, 2));
    }

    @Test
    void withoutGrowthThereIsTheFullSizeOnly() {
        assertThat(
                        settings("--train=4", "--no-growth", "--parallelism=3", "--pairs=none")
                                .scenarios())
                .containsExactly(new Scenario(4, 2000, 2000, "none", 100, 3));
    }

    private static CountingBenchSettings settings(String... arguments) {
        Bench bench = new Bench();
        new CommandLine(bench).parseArgs(arguments);
        return bench.settings;
    }
}
