package dev.longtail.local.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/** The state of experiments as a table for a terminal. */
public final class StatusTable {

    private static final List<String> TITLES =
            List.of(
                    "EXPERIMENT",
                    "STATE",
                    "TRIALS",
                    "RECEIVED",
                    "REJECTED",
                    "DUPLICATES",
                    "CONFLICTS",
                    "PAIRS",
                    "MEAN SE",
                    "CHECKPOINT");

    private StatusTable() {}

    /** One line per entry, a dash where a figure is not known; then what jobs failed by. */
    public static String of(List<ExperimentStatus> entries) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(TITLES);
        entries.stream().map(StatusTable::row).forEach(rows::add);
        Column[] columns = new Column[TITLES.size()];
        for (int c = 0; c < columns.length; c++) {
            int column = c;
            int width = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
            columns[c] = new Column(width + 2, 0, Overflow.SPAN);
        }
        TextTable table = TextTable.forColumns(Help.defaultColorScheme(Ansi.OFF), columns);
        rows.forEach(row -> table.addRowValues(row.toArray(String[]::new)));
        return table + failures(entries);
    }

    private static String failures(List<ExperimentStatus> entries) {
        return entries.stream()
                .filter(entry -> entry.failure() != null)
                .map(
                        entry ->
                                "%nThe job of '%s' failed last by %s%n"
                                        .formatted(entry.output(), entry.failure()))
                .collect(Collectors.joining());
    }

    private static List<String> row(ExperimentStatus entry) {
        String name =
                entry.output().equals(entry.experiment())
                        ? entry.experiment()
                        : entry.output() + " (replay of " + entry.experiment() + ")";
        return List.of(
                name,
                entry.state(),
                text(entry.trials())
                        + (Boolean.TRUE.equals(entry.convergedOnly()) ? ", converged only" : ""),
                text(entry.received()),
                text(entry.rejected()),
                text(entry.duplicates()),
                text(entry.conflicts()),
                text(entry.pairsInScope()),
                entry.meanStandardError() == null
                        ? "-"
                        : String.format(Locale.ROOT, "%.4f", entry.meanStandardError()),
                checkpoint(entry));
    }

    private static String checkpoint(ExperimentStatus entry) {
        String age =
                entry.checkpointAgeSeconds() == null
                        ? "-"
                        : entry.checkpointAgeSeconds() + " s ago";
        boolean failed = entry.failedCheckpoints() != null && entry.failedCheckpoints() > 0;
        return failed ? "%s, %d FAILED since".formatted(age, entry.failedCheckpoints()) : age;
    }

    private static String text(Long figure) {
        return Objects.toString(figure, "-");
    }
}
