package dev.longtail.trials.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.data.generated.LongTailDigits;
import dev.longtail.trials.sampling.SubsetSampler;
import dev.longtail.trials.sampling.TrialSeeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The model that the script of docs/own-model.md exported with TensorFlow for Python 2.21.0. After
 * a change of the page: run the script again and replace both files.
 */
class PythonModelITCase {

    private static final Path MODEL = Path.of("src/test/resources/python-model/model");
    private static final Path SCRIPT = Path.of("src/test/resources/python-model/export.py");
    private static final Path PAGE = Path.of("../docs/own-model.md");
    private static final Pattern CODE = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL);

    @TempDir Path dir;

    @Test
    void isWhatThePageShows() throws IOException {
        List<String> blocks =
                CODE.matcher(Files.readString(PAGE))
                        .results()
                        .map((MatchResult block) -> block.group(1))
                        .toList();
        // The second is for Keras and was run by hand.
        assertThat(blocks).hasSize(3);
        assertThat(Files.readString(SCRIPT)).isEqualTo(blocks.get(0) + "\n" + blocks.get(2));
    }

    @Test
    void trainsKeepsAndAnswersAgain() throws Exception {
        Dataset digits = LongTailDigits.DEFAULT.draw();
        SubsetSampler sampler = new SubsetSampler.FixedSize(2_000, 1_400);
        Optimizer optimizer = new Optimizer(25, 32, 0.05, 0.9, 0, Optimizer.Schedule.COSINE);
        Path kept = dir.resolve("trial.npz");
        TrialOutcome first;
        try (ModelFactory factory = new ModelSource.Saved(MODEL).open(digits, Long.MAX_VALUE);
                TrialTrainer trainer = factory.trainer(sampler, optimizer)) {
            first = trainer.run(TrialSeeds.of(1, 0), () -> false);
            trainer.saveParameters(kept);
            factory.saveModel(dir.resolve("model"));
            trainer.run(TrialSeeds.of(1, 1), () -> false);
            TrialOutcome again = trainer.run(TrialSeeds.of(1, 0), () -> false);
            assertThat(again.trainCorrect()).isEqualTo(first.trainCorrect());
            assertThat(again.testCorrect()).isEqualTo(first.testCorrect());
            assertThat(again.loss()).isEqualTo(first.loss());
        }
        assertThat(first.includedAccuracy()).isGreaterThan(0.99);
        assertThat(first.testAccuracy()).isGreaterThan(0.8);
        try (ModelEvaluator evaluator = new ModelEvaluator(dir.resolve("model"), digits.test())) {
            assertThat(evaluator.correct(kept)).isEqualTo(first.testCorrect());
        }
    }
}
