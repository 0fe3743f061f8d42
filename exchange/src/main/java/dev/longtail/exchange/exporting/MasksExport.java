package dev.longtail.exchange.exporting;

import dev.longtail.exchange.counting.TrialSpool;
import dev.longtail.exchange.numpy.NpyType;
import dev.longtail.exchange.numpy.NpyWriter;
import dev.longtail.schemas.PackedBits;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The trials as a directory: {@code masks.npy} [t, n], as MadryLab/datamodels has it, {@code
 * train_correct.npy} [t, n] and {@code test_correct.npy} [t, n'], all bool, and {@code
 * trial_ids.txt}, one id per line. Row k of all is the same trial. {@code converged_only.npy} bool
 * [] says whether trials that did not converge are left out.
 */
final class MasksExport implements Export {

    @Override
    public void write(ExportInput input, Path out) throws IOException {
        TrialSpool trials = input.counter().trials();
        Files.createDirectory(out);
        try (NpyWriter masks = open(out, "masks", trials, trials.trainSize());
                NpyWriter train = open(out, "train_correct", trials, trials.trainSize());
                NpyWriter test = open(out, "test_correct", trials, trials.testSize())) {
            trials.forEach(
                    (mask, trainCorrect, testCorrect) -> {
                        writeRow(masks, mask, trials.trainSize());
                        writeRow(train, trainCorrect, trials.trainSize());
                        writeRow(test, testCorrect, trials.testSize());
                    });
        }
        try (NpyWriter flag =
                new NpyWriter(
                        Files.newOutputStream(out.resolve(ExportInput.CONVERGED_ONLY + ".npy")),
                        ExportInput.CONVERGED_ONLY,
                        NpyType.BOOL)) {
            flag.write(input.convergedOnly());
        }
        try (BufferedWriter ids = Files.newBufferedWriter(out.resolve("trial_ids.txt"))) {
            for (String id : trials.ids()) {
                ids.write(id);
                ids.newLine();
            }
        }
    }

    private static NpyWriter open(Path out, String name, TrialSpool trials, int size)
            throws IOException {
        return new NpyWriter(
                Files.newOutputStream(out.resolve(name + ".npy")),
                name,
                NpyType.BOOL,
                trials.trials(),
                size);
    }

    private static void writeRow(NpyWriter array, byte[] packed, int size) throws IOException {
        for (int i = 0; i < size; i++) {
            array.write(PackedBits.get(packed, i));
        }
    }
}
