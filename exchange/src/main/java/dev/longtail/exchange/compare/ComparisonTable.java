package dev.longtail.exchange.compare;

import dev.longtail.estimators.Agreement;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** A comparison as text. */
final class ComparisonTable {

    private static final String HEADING =
            "%-10s %10s %10s %10s %8s  %-19s %10s%n"
                    .formatted(
                            "threshold",
                            "A selects",
                            "B selects",
                            "both",
                            "Jaccard",
                            "mean A - B",
                            "mean |A-B|");

    private ComparisonTable() {}

    static void print(Comparison comparison, PrintWriter out) {
        out.println("A: " + describe(comparison.a()));
        out.println("B: " + describe(comparison.b()));
        out.println();
        if (comparison.examples().isEmpty()) {
            out.println("Memorized examples: not compared, not both sides have all memorization.");
        } else {
            out.println("Memorized examples, mem(i) >= threshold");
            print(comparison.examples(), out);
            out.printf(
                    Locale.ROOT,
                    "rank correlation of memorization: %.3f%n",
                    comparison.rankCorrelation());
        }
        out.println();
        if (Double.isNaN(comparison.pairsFrom())) {
            out.println("High-influence pairs: not compared, not both sides have them.");
        } else {
            out.println("High-influence pairs, infl(i,j) >= threshold");
            print(comparison.pairs(), out);
            out.printf(
                    Locale.ROOT,
                    "Both lists are complete from %s on; lower thresholds are left out.%n",
                    threshold(comparison.pairsFrom()));
        }
        out.println();
        out.println(
                "Means are over the members of either selection that both sides have a value for (their number in");
        out.println(
                "brackets); +- is one standard error over these members. Trial noise makes two runs of the same");
        out.println(
                "experiment differ too: compare with a repetition before reading anything into it.");
        out.flush();
    }

    private static String describe(ComparedEstimates side) {
        return Double.isNaN(side.meanStandardError())
                ? side.origin()
                : String.format(
                        Locale.ROOT,
                        "%s, mean standard error of memorization %.4f",
                        side.origin(),
                        side.meanStandardError());
    }

    private static void print(List<Agreement> agreements, PrintWriter out) {
        out.print(HEADING);
        for (Agreement agreement : agreements) {
            out.printf(
                    Locale.ROOT,
                    "%-10s %10d %10d %10d %8s  %-19s %10s (%d)%n",
                    threshold(agreement.threshold()),
                    agreement.selectedA(),
                    agreement.selectedB(),
                    agreement.both(),
                    number("%.3f", agreement.jaccard()),
                    meanDifference(agreement),
                    number("%.4f", agreement.meanAbsoluteDifference()),
                    agreement.compared());
        }
    }

    private static String meanDifference(Agreement agreement) {
        return agreement.compared() == 0
                ? "-"
                : number("%+.4f", agreement.meanDifference())
                        + " +- "
                        + number("%.4f", agreement.standardError());
    }

    private static String threshold(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }
}
