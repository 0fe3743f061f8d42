package dev.longtail.local.demo;

import dev.longtail.local.demo.DemoReport.Planted;
import java.util.Locale;

/** The report for people. */
final class ReportText {

    private ReportText() {}

    static String of(DemoReport report) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "Found by %,d trials of the experiment '%s' (%,d of them in this run of %s):",
                report.trials(),
                report.experiment(),
                report.trialsOfThisRun(),
                TrialProgress.words(Math.round(report.seconds())));
        if (report.leftOut() != null) {
            line(
                    text,
                    "  all figures from                 converged trials only: %,d left out by their outcome, which changes what is estimated",
                    report.leftOut());
        }
        line(
                text,
                "  accuracy of the trained models   %s included, %s left out, %s test",
                figure(report.includedAccuracy(), "%.4f"),
                figure(report.heldOutAccuracy(), "%.4f"),
                figure(report.testAccuracy(), "%.4f"));
        line(
                text,
                "  memorized examples               %,d with memorization of at least %.2f; mean standard error %s",
                report.memorized(),
                report.memorizationThreshold(),
                figure(report.meanStandardError(), "%.4f"));
        line(
                text,
                "  high-influence pairs             %,d with influence of at least %.2f; by chance %s; confirmed pairs %s",
                report.highInfluencePairs(),
                report.influenceThreshold(),
                figure(report.expectedFalsePairs(), "%.1f"),
                report.confirmedPairs() == null
                        ? "not available"
                        : String.format(Locale.ROOT, "%,d", report.confirmedPairs()));
        if (report.planted() != null) {
            planted(text, report.planted());
        }
        return text.toString();
    }

    private static void planted(StringBuilder text, Planted planted) {
        line(text, "Held against what was planted:");
        line(
                text,
                "  flipped labels                   AUC %s (%,d against %,d typical examples); mean memorization %s, typical %s",
                figure(planted.flipsAuc(), "%.4f"),
                planted.flips(),
                planted.typical(),
                figure(planted.flipsMemorization(), "%.3f"),
                figure(planted.typicalMemorization(), "%.3f"));
        line(
                text,
                "  styles seen once                 AUC %s (%,d against %,d typical examples); mean memorization %s",
                figure(planted.seenOnceAuc(), "%.4f"),
                planted.seenOnce(),
                planted.typical(),
                figure(planted.seenOnceMemorization(), "%.3f"));
        line(
                text,
                "  near-duplicate pairs             recall %s (%,d of %,d are high-influence pairs)",
                figure(planted.twinsRecall(), "%.3f"),
                planted.twinsFound(),
                planted.twins());
    }

    private static String figure(Double value, String format) {
        return value == null ? "undefined" : String.format(Locale.ROOT, format, value);
    }

    private static void line(StringBuilder text, String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append(System.lineSeparator());
    }
}
