package dev.longtail.exchange.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.exchange.importing.TrialImport.OnError;
import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.SamplerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialImportTest {

    private static final ExperimentForm FORM = new ExperimentForm(SamplerChoice.AUTO, null, null);

    @TempDir private Path directory;

    private final TestingTrialStore store = new TestingTrialStore();
    private final List<String> warnings = new ArrayList<>();

    @Test
    void severalRatiosBecomeSeveralExperiments() throws IOException {
        Path collection = directory.resolve("CIFAR100 inception");
        RunFiles.good().write(collection.resolve("0.6"), "0");
        RunFiles.good().write(collection.resolve("0.6"), "10");
        RunFiles.good().write(collection.resolve("0.6"), "2");
        RunFiles.good().write(collection.resolve("0.5"), "0");
        Files.createDirectories(collection.resolve("notes"));

        List<HeldoutSource> sources = HeldoutSource.in(collection, null);

        assertThat(sources)
                .extracting(HeldoutSource::experiment)
                .containsExactly("cifar100-inception-0.5", "cifar100-inception-0.6");
        assertThat(run(sources.get(1), OnError.STOP).published()).isEqualTo(3);
        assertThat(store.trials.get("cifar100-inception-0.6").keySet())
                .containsExactly("0", "2", "10");
    }

    @Test
    void oneRatioMayBeNamed() throws IOException {
        RunFiles.good().write(directory.resolve("0.7"), "0");

        assertThat(HeldoutSource.in(directory.resolve("0.7"), "mine"))
                .extracting(HeldoutSource::experiment)
                .containsExactly("mine");
        assertThat(HeldoutSource.in(directory, "mine"))
                .extracting(HeldoutSource::experiment)
                .containsExactly("mine-0.7");
    }

    @Test
    void aDirectoryWithoutRunsIsRefused() {
        assertThatThrownBy(() -> HeldoutSource.in(directory, null))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("<subset ratio>/<run>/aux_arrays.npz");
        assertThatThrownBy(() -> HeldoutSource.in(directory.resolve("missing"), null))
                .hasMessageContaining("expected a directory of runs");
    }

    @Test
    void theFirstTrialDescribesTheExperiment() throws IOException {
        RunFiles.good().write(directory.resolve("0.6"), "0");

        run(single("0.6"), OnError.STOP);

        Experiment experiment = store.experiments.get("mine");
        assertThat(experiment.getTrainSize()).isEqualTo(5);
        assertThat(experiment.getTestSize()).isEqualTo(3);
        assertThat(experiment.getSampler().getKind()).isEqualTo(SamplerKind.FIXED_SIZE);
        assertThat(experiment.getSampler().getSubsetSize()).isEqualTo(3);
        assertThat(experiment.getTrainLabels()).isNull();
    }

    @Test
    void anInterruptedImportIsContinued() throws IOException {
        RunFiles.good().write(directory.resolve("0.6"), "0");
        run(single("0.6"), OnError.STOP);
        RunFiles.good().write(directory.resolve("0.6"), "1");

        ImportReport report = run(single("0.6"), OnError.STOP);

        assertThat(report)
                .isEqualTo(new ImportReport("mine", 1, 1, List.of()))
                .extracting(ImportReport::summary)
                .isEqualTo("mine: 1 trials published, 1 already there, 0 skipped");
    }

    @Test
    void badRunsAreNamedAndSkipped() throws IOException {
        Path ratio = directory.resolve("0.6");
        RunFiles.good().with("index_test", new long[] {0, 0, 1}).write(ratio, "0");
        RunFiles.good().write(ratio, "1");
        Files.write(RunFiles.good().write(ratio, "2"), new byte[] {'P', 'K'});
        RunFiles.good().write(ratio, "3");

        ImportReport report = run(single("0.6"), OnError.SKIP);

        assertThat(report.published()).isEqualTo(2);
        assertThat(report.problems()).hasSize(2);
        assertThat(report.problems().get(0)).contains("0/aux_arrays.npz").contains("twice");
        assertThat(report.problems().get(1)).contains("2/aux_arrays.npz").contains("complete");
        assertThat(warnings).hasSize(2);
        assertThat(store.trials.get("mine").keySet()).containsExactly("1", "3");
    }

    @Test
    void aBadRunMayStopTheImport() throws IOException {
        Path ratio = directory.resolve("0.6");
        RunFiles.good().write(ratio, "0");
        RunFiles.good().without("index_test").write(ratio, "1");
        RunFiles.good().write(ratio, "2");

        assertThatThrownBy(() -> run(single("0.6"), OnError.STOP))
                .hasMessageContaining("1/aux_arrays.npz")
                .hasMessageContaining("index_test");
        assertThat(store.trials.get("mine").keySet()).containsExactly("0");
    }

    @Test
    void aRunOfAnotherSubsetSizeDoesNotFit() throws IOException {
        Path ratio = directory.resolve("0.6");
        RunFiles.good().write(ratio, "0");
        otherSize().write(ratio, "1");

        ImportReport report = run(single("0.6"), OnError.SKIP);

        assertThat(report.problems())
                .singleElement()
                .asString()
                .contains("trial '1': expected 3 included examples")
                .contains("found 2")
                .contains("--sampler arbitrary");
    }

    @Test
    void subsetsOfAnySizeFitTheArbitrarySampler() throws IOException {
        Path ratio = directory.resolve("0.6");
        RunFiles.good().write(ratio, "0");
        otherSize().write(ratio, "1");

        ImportReport report =
                importer(OnError.STOP, new ExperimentForm(SamplerChoice.ARBITRARY, null, null))
                        .run("mine", single("0.6"), seen -> {});

        assertThat(report.published()).isEqualTo(2);
        assertThat(store.experiments.get("mine").getSampler().getSubsetSize()).isNull();
    }

    @Test
    void aRunOfAnotherExperimentDoesNotFit() throws IOException {
        Path ratio = directory.resolve("0.6");
        RunFiles.good().write(ratio, "0");
        RunFiles.good()
                .with("correctness_test", new boolean[] {true})
                .with("index_test", new long[] {0})
                .write(ratio, "1");

        assertThat(run(single("0.6"), OnError.SKIP).problems())
                .singleElement()
                .asString()
                .contains("expected 5 training and 3 test examples")
                .contains("found 5 and 1");
    }

    @Test
    void labelsComeFromAFile() throws IOException {
        RunFiles.good().write(directory.resolve("0.6"), "0");
        Path labels =
                new RunFiles()
                        .with("tr_labels", new long[] {0, 1, 2, 1, 0})
                        .with("tt_labels", new long[] {2, 1, 0})
                        .write(directory.resolve("labels"), "0");
        ExperimentForm form =
                new ExperimentForm(SamplerChoice.AUTO, null, ExampleLabels.read(labels));

        importer(OnError.STOP, form).run("mine", single("0.6"), seen -> {});

        assertThat(store.experiments.get("mine").getTrainLabels()).containsExactly(0, 1, 2, 1, 0);
        assertThat(store.experiments.get("mine").getTestLabels()).containsExactly(2, 1, 0);
    }

    @Test
    void labelsOfAnotherDataSetStopTheImport() throws IOException {
        RunFiles.good().write(directory.resolve("0.6"), "0");
        ExperimentForm form =
                new ExperimentForm(
                        SamplerChoice.AUTO, null, new ExampleLabels(List.of(1), List.of(1)));

        assertThatThrownBy(
                        () -> importer(OnError.SKIP, form).run("mine", single("0.6"), seen -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected labels of 5 training and 3 test examples");
        assertThat(store.experiments).isEmpty();
    }

    private static RunFiles otherSize() {
        return RunFiles.good()
                .with("correctness_train", new boolean[] {true, true})
                .with("index_train", new long[] {0, 1})
                .with("correctness_removed", new boolean[] {true, true, false})
                .with("index_removed", new long[] {2, 3, 4})
                .with("subsample_idx", new long[] {1, 0});
    }

    private HeldoutSource single(String ratio) throws IOException {
        return HeldoutSource.in(directory.resolve(ratio), "mine").get(0);
    }

    private ImportReport run(HeldoutSource source, OnError onError) throws IOException {
        return importer(onError, FORM).run(source.experiment(), source, seen -> {});
    }

    private TrialImport importer(OnError onError, ExperimentForm form) {
        return new TrialImport(store, form, onError, warnings::add);
    }
}
