package dev.longtail.exchange.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.exchange.numpy.NpyType;
import dev.longtail.exchange.numpy.NpzWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CompareCommandTest {

    @TempDir private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path pairs;
    private Path reference;

    @BeforeEach
    void writeFiles() throws IOException {
        pairs = PublishedFiles.pairs(directory.resolve("pairs.npz"));
        reference = PublishedFiles.reference(directory.resolve("all.npz"));
    }

    @Test
    void comparesTwoFilesWithoutABroker() throws IOException {
        Path perClass = PublishedFiles.perClass(directory.resolve("classes.npz"));

        int exit = run(reference.toString(), perClass.toString());

        assertThat(exit).isZero();
        assertThat(out.toString())
                .contains("all.npz, 2000 trials")
                .contains("classes.npz, trials not stated")
                .containsPattern("0\\.25 +2 +2 +2 +1\\.000 +\\+0\\.0000 \\+- 0\\.0000")
                .contains("rank correlation of memorization: 1.000")
                .containsPattern("0\\.3 +1 +1 +1 +1\\.000");
    }

    @Test
    void saysWhereTrialsAreLeftOutByTheirOutcome() throws IOException {
        Path converged = PublishedFiles.reference(directory.resolve("converged.npz"), true);

        int exit = run(reference.toString(), converged.toString());

        assertThat(exit).isZero();
        assertThat(out.toString())
                .containsPattern("(?m)^A: file .*all\\.npz, 2000 trials$")
                .containsPattern(
                        "(?m)^B: file .*converged\\.npz, 2000 trials, converged trials only$");
    }

    @Test
    void saysWhatIsNotComparedAndWhereListsBegin() {
        int exit = run(reference.toString(), pairs.toString());

        assertThat(exit).isZero();
        assertThat(out.toString())
                .contains("Memorized examples: not compared")
                .contains("Both lists are complete from 0.2 on")
                .doesNotContainPattern("(?m)^0\\.15 ")
                .containsPattern("(?m)^0\\.2 +2 +2 +2 +1\\.000");
    }

    @Test
    void drawsAPlotThatIsWellFormed() throws Exception {
        Path plot = directory.resolve("agreement.svg");
        Path hostile = PublishedFiles.reference(directory.resolve("<script>&.npz"));

        int exit = run(reference.toString(), hostile.toString(), "--plot", plot.toString());

        assertThat(exit).isZero();
        var document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(plot.toFile());
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(4);
        assertThat(Files.readString(plot)).contains("Jaccard similarity at 0.25: 1");
    }

    @Test
    void asksForABrokerOnlyWhereItNeedsOne() {
        assertThat(run(reference.toString(), "my-experiment")).isEqualTo(2);
        assertThat(err.toString())
                .contains("--bootstrap-servers must say where the experiment 'my-experiment' is");
    }

    @Test
    void refusesWrongUsage() {
        assertThat(run(reference.toString())).isEqualTo(2);
        assertThat(run(reference.toString(), "missing.npz")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no readable file missing.npz");
        assertThat(run(reference.toString(), "No Experiment")).isEqualTo(2);
        assertThat(err.toString()).contains("found 'No Experiment'");
        assertThat(
                        run(
                                reference.toString(),
                                reference.toString(),
                                "--memorization-thresholds",
                                "2"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--memorization-thresholds: expected numbers");
    }

    @Test
    void failsWhereTheSidesAreNotAboutTheSameExamples() throws IOException {
        Path other = directory.resolve("other.npz");
        try (NpzWriter npz = new NpzWriter(other)) {
            npz.doubles("tr_mem", NpyType.FLOAT64, new double[] {0.1});
        }

        assertThat(run(reference.toString(), other.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("same training examples").contains("found 3 and 1");
    }

    private int run(String... arguments) {
        return new CommandLine(new CompareCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
