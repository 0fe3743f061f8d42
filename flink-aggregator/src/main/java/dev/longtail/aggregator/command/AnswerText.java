package dev.longtail.aggregator.command;

import dev.longtail.aggregator.AnytimeGuarantee;
import dev.longtail.aggregator.client.Influence;
import dev.longtail.aggregator.client.Memorization;
import dev.longtail.aggregator.client.StrongestInfluences;
import dev.longtail.aggregator.client.TrialPoint;
import dev.longtail.estimators.AnytimeBand;
import dev.longtail.estimators.Estimate;
import dev.longtail.estimators.InOutCounts;
import dev.longtail.estimators.Interval;
import java.util.List;
import java.util.Locale;

/** Answers for people: every value with its uncertainty and the trials it is from. */
final class AnswerText {

    private final AnytimeBand band;
    private final AnytimeGuarantee guarantee;

    AnswerText(double alpha, AnytimeGuarantee guarantee) {
        this.band = AnytimeBand.atLevel(alpha);
        this.guarantee = guarantee;
    }

    String of(Memorization answer) {
        return "memorization of training example %d%n%s"
                .formatted(answer.train(), details(answer.estimate(), answer.from()));
    }

    String of(Influence answer) {
        return "influence of training example %d on test example %d%n%s"
                .formatted(
                        answer.train(), answer.test(), details(answer.estimate(), answer.from()));
    }

    private String details(Estimate estimate, TrialPoint from) {
        InOutCounts counts = estimate.counts();
        return value(estimate)
                + side("included", counts.inCorrect(), counts.in())
                + side("left out", counts.outCorrect(), counts.out())
                + format(
                        "  %-14s %,d (block %d)%s%n",
                        "trials", from.trials(), from.block(), label());
    }

    private String value(Estimate estimate) {
        if (!estimate.isDefined()) {
            return format(
                    "  %-14s undefined: %s%n",
                    "value",
                    estimate.counts().in() == 0
                            ? "no trial included the training example yet"
                            : "no trial left the training example out yet");
        }
        Interval interval = band.of(estimate.counts());
        return format(
                        "  %-14s %+.4f ± %.4f (standard error)%n",
                        "value", estimate.value(), estimate.standardError())
                + (guarantee.holds()
                        ? format(
                                "  %-14s [%+.4f, %+.4f], at all times with probability %s%n",
                                "band", interval.lower(), interval.upper(), 1 - band.alpha())
                        : format("  %-14s %s%n", "band", guarantee.sentence()));
    }

    private static String side(String name, long correct, long trials) {
        return trials == 0
                ? format("  %-14s no trials%n", name)
                : format(
                        "  %-14s right in %,d of %,d trials (%.4f)%n",
                        name, correct, trials, (double) correct / trials);
    }

    String topOfTrain(int train, StrongestInfluences top) {
        return format("test examples that training example %d influences most%n", train)
                + lists(top, true);
    }

    String topOfTest(int test, StrongestInfluences top) {
        return format("training examples that influence test example %d most%n", test)
                + lists(top, false);
    }

    private String lists(StrongestInfluences top, boolean testNamed) {
        return list("helps", top.helpful(), testNamed)
                + list("harms", top.harmful(), testNamed)
                + format(
                        "  %,d trials (block %d)%s%n",
                        top.from().trials(), top.from().block(), label())
                + (guarantee.holds() ? "" : format("  bands: %s%n", guarantee.sentence()));
    }

    private String list(String title, List<Influence> influences, boolean testNamed) {
        StringBuilder text = new StringBuilder(format("  %s%n", title));
        for (Influence influence : influences) {
            Estimate estimate = influence.estimate();
            text.append(
                    format(
                            "    %7d  %+.4f ± %.4f  %sin %,d out %,d%n",
                            testNamed ? influence.test() : influence.train(),
                            estimate.value(),
                            estimate.standardError(),
                            bandText(estimate.counts()),
                            estimate.counts().in(),
                            estimate.counts().out()));
        }
        return influences.isEmpty() ? format("  %s none%n", title) : text.toString();
    }

    private String bandText(InOutCounts counts) {
        Interval interval = band.of(counts);
        return guarantee.holds()
                ? format("band [%+.3f, %+.3f]  ", interval.lower(), interval.upper())
                : "";
    }

    /** What else is to be said of the trials. */
    private String label() {
        return guarantee == AnytimeGuarantee.CONVERGED_ONLY ? ", converged trials only" : "";
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
