package dev.longtail.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

class SettingsSourcesTest {

    @TempDir private Path workDir;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void pointAtTheWorkDirectory() {
        environment.put("LONGTAIL_WORK_DIR", workDir.toString());
    }

    @Test
    void defaultStandsWhereNothingIsSet() {
        assertThat(parse().blockSize).isEqualTo(256);
    }

    @Test
    void runningSystemBeatsTheDefault() throws IOException {
        running("block-size=1");

        assertThat(parse().blockSize).isEqualTo(1);
    }

    @Test
    void aSystemWhoseSupervisorWasKilledCountsForNothing() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        running("supervisor=" + ended.pid() + "\nblock-size=1");

        assertThat(parse().blockSize).isEqualTo(256);
    }

    @Test
    void fileBeatsTheRunningSystem() throws IOException {
        running("block-size=1");
        file("block-size=2");

        assertThat(parse().blockSize).isEqualTo(2);
    }

    @Test
    void environmentBeatsTheFile() throws IOException {
        running("block-size=1");
        file("block-size=2");
        environment.put("LONGTAIL_BLOCK_SIZE", "3");

        assertThat(parse().blockSize).isEqualTo(3);
    }

    @Test
    void flagBeatsEverything() throws IOException {
        running("block-size=1");
        file("block-size=2");
        environment.put("LONGTAIL_BLOCK_SIZE", "3");

        assertThat(parse("--block-size", "4").blockSize).isEqualTo(4);
    }

    @Test
    void runningSystemSatisfiesARequiredSetting() throws IOException {
        running("bootstrap-servers=127.0.0.1:9092");
        RequiringProgram program = new RequiringProgram();

        commandLine(program).parseArgs();

        assertThat(program.kafka.bootstrapServers()).isEqualTo("127.0.0.1:9092");
    }

    @Test
    void theLongestNameOfAnOptionIsItsSetting() {
        environment.put("LONGTAIL_VERY_VERBOSE", "true");

        assertThat(parse().verbose).isTrue();
    }

    @Test
    void requiredSettingThatNothingSetsIsNamed() {
        CommandLine commandLine = commandLine(new RequiringProgram());

        assertThatThrownBy(() -> commandLine.parseArgs())
                .isInstanceOf(MissingParameterException.class)
                .hasMessageContaining("--bootstrap-servers");
    }

    @Test
    void aMistakeInTheEnvironmentIsAsBadAsOneInAFlag() {
        environment.put("LONGTAIL_BLOCK_SIZE", "many");

        assertThatThrownBy(this::parse)
                .hasMessageContaining("--block-size")
                .hasMessageContaining("many");
    }

    @Test
    void configurationFileMustExist() {
        environment.put("LONGTAIL_CONFIG", workDir.resolve("missing.properties").toString());

        assertThatThrownBy(() -> SettingsSources.of(environment))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("missing.properties")
                .hasCauseInstanceOf(NoSuchFileException.class);
    }

    private void running(String line) throws IOException {
        Files.writeString(workDir.resolve(SettingsSources.RUNNING_SYSTEM_FILE), line);
    }

    private void file(String line) throws IOException {
        Path file = workDir.resolve("longtail.properties");
        Files.writeString(file, line);
        environment.put("LONGTAIL_CONFIG", file.toString());
    }

    private Program parse(String... arguments) {
        Program program = new Program();
        commandLine(program).parseArgs(arguments);
        return program;
    }

    private CommandLine commandLine(Object program) {
        return new CommandLine(program).setDefaultValueProvider(SettingsSources.of(environment));
    }

    @Command
    private static final class Program {

        @Option(names = "--block-size", defaultValue = "256")
        private int blockSize;

        @Option(names = {"-v", "--very-verbose"})
        private boolean verbose;
    }

    @Command
    private static final class RequiringProgram {

        @Mixin private KafkaSettings kafka;
    }
}
