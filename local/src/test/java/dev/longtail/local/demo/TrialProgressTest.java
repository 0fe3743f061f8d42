package dev.longtail.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.schemas.Convergence;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TrialProgressTest {

    private final TrialProgress progress = new TrialProgress(2_000);

    @Test
    void saysNothingItDoesNotKnow() {
        assertThat(progress.line(0, 0, Optional.empty()))
                .isEqualTo("trials 0 / 2,000 counted, 0 received");
    }

    @Test
    void rateAndTimeLeftAreThoseOfTheLastMinute() {
        progress.line(seconds(0), 0, Optional.empty());
        progress.line(seconds(100), 100, Optional.empty());
        assertThat(progress.line(seconds(150), 600, Optional.of(convergence(500, 590))))
                .isEqualTo(
                        "trials 500 / 2,000 counted, 590 received, 10.0 per second, mean standard error of memorization 0.0613, about 2 min 20 s left");
    }

    @Test
    void trialsLeftOutByTheirOutcomeAreSaid() {
        Convergence newest = convergence(500, 590);
        newest.setConvergedOnly(true);
        assertThat(progress.line(0, 600, Optional.of(newest)))
                .startsWith("trials 500 / 2,000 counted (converged only), 590 received");
    }

    @Test
    void theTimeOfStartingUpIsNoPartOfTheRate() {
        progress.line(seconds(0), 7, Optional.empty());
        progress.line(seconds(30), 7, Optional.empty());
        assertThat(progress.line(seconds(32), 27, Optional.empty())).contains("10.0 per second");
    }

    @Test
    void durationsAsAPersonSaysThem() {
        assertThat(TrialProgress.words(0)).isEqualTo("0 s");
        assertThat(TrialProgress.words(89)).isEqualTo("89 s");
        assertThat(TrialProgress.words(90)).isEqualTo("1 min 30 s");
        assertThat(TrialProgress.words(5_400)).isEqualTo("1 h 30 min");
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    private static Convergence convergence(long trials, long received) {
        return Convergence.newBuilder()
                .setExperiment("demo")
                .setBlock(1)
                .setAttempt(1)
                .setEmittedAt(Instant.EPOCH)
                .setTrials(trials)
                .setReceived(received)
                .setMeanStandardError(0.06134)
                .build();
    }
}
