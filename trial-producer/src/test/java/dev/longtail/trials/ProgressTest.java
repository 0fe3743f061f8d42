package dev.longtail.trials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.trials.training.TrialOutcome;
import java.util.ArrayList;
import java.util.List;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {

    /** Of 4 examples in both sets: 2 included and right, 1 of 2 others right, 3 test ones right. */
    private static final TrialOutcome OUTCOME =
            new TrialOutcome(
                    new byte[] {0b0011},
                    new byte[] {0b0111},
                    new byte[] {0b0111},
                    4,
                    4,
                    0.0123,
                    new TrialOutcome.Timings(1, 2, 3));

    /** What a person must see at any width of a terminal. */
    @ParameterizedTest
    @ValueSource(ints = {80, 100, 120, 200})
    void aLineShowsEverythingAtAnyWidth(int width) {
        List<String> lines = new ArrayList<>();
        try (ProgressBar bar =
                new ProgressBarBuilder()
                        .setTaskName("worker 3/16")
                        .setInitialMax(4000)
                        .setRenderer(new ProgressLine())
                        .setConsumer(new DelegatingProgressBarConsumer(lines::add, width))
                        .startsFrom(1239, java.time.Duration.ofSeconds(60))
                        .build()) {
            Progress progress =
                    new Progress() {
                        @Override
                        public void step(String figures, String brief) {
                            bar.step();
                            bar.setExtraMessage(brief);
                        }

                        @Override
                        public void close() {
                            bar.close();
                        }
                    };
            progress.step(1239, OUTCOME);
        }
        String last = lines.get(lines.size() - 1);
        assertThat(last)
                .contains("1240/4000 ", "/h ", " left, ")
                .contains("#1239 loss 0.012 in 1.000 out 0.500 test 0.750");
        assertThat(last.length()).isLessThanOrEqualTo(width);
        assertThat(last.contains("worker 3/16")).isEqualTo(width >= 100);
        assertThat(last.contains("[=")).isEqualTo(width >= 100);
    }

    @Test
    void aLogLineShowsEverything() {
        List<String> lines = new ArrayList<>();
        AbstractAppender appender =
                new AbstractAppender("lines", null, null, true, Property.EMPTY_ARRAY) {
                    @Override
                    public void append(LogEvent event) {
                        lines.add(event.getMessage().getFormattedMessage());
                    }
                };
        appender.start();
        Logger logger = (Logger) LogManager.getLogger(ProgressLog.class);
        Level before = logger.getLevel();
        logger.addAppender(appender);
        logger.setLevel(Level.INFO);
        try (Progress progress = new ProgressLog("worker 0/2", "trials", 3)) {
            progress.step(4, OUTCOME);
            progress.step(6, OUTCOME);
            progress.step(8, OUTCOME);
        } finally {
            logger.removeAppender(appender);
            logger.setLevel(before);
        }
        // The first and the last, and those between only every ten seconds.
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .matches(
                        "worker 0/2: 1 of 3 trials, \\d+ per hour, \\d+:\\d\\d:\\d\\d left; trial 4, loss 0\\.0123, accuracy included 1\\.000, held out 0\\.500, test 0\\.750");
        assertThat(lines.get(1)).startsWith("worker 0/2: 3 of 3 trials").contains("trial 8");
    }
}
