package dev.longtail.exchange.exporting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.exchange.TestingPython;
import dev.longtail.exchange.counting.TrialSpool;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NumPy itself reads every format and computes the paper's formula from the exported trials. */
class NumpyReadsExportsITCase {

    private static final int MEMORY = 5_000;

    @TempDir private Path directory;

    @Test
    void namesTypesOrientationAndValuesAreThose() throws Exception {
        TestingPython python = TestingPython.with("numpy");
        PlainTrials plain = PlainTrials.random(8, 333, 61, 47);
        try (TrialSpool spool = plain.spool(directory)) {
            for (ExportFormat format : ExportFormat.values()) {
                boolean tree = format == ExportFormat.MASKS || format == ExportFormat.CSV;
                format.write(
                        plain.input(spool, MEMORY),
                        directory.resolve(format + (tree ? "" : ".npz")));
            }
        }
        Path script =
                Path.of(NumpyReadsExportsITCase.class.getResource("check_exports.py").toURI());

        TestingPython.Finished finished = python.run(script.toString(), directory.toString());

        assertThat(finished.output()).contains("agrees about 333 trials, 61 x 47 examples");
        assertThat(finished.exitCode()).isZero();
    }
}
