package dev.longtail.trials.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes of a data set for a study, from text files: one example per line, empty lines and lines
 * that start with # are skipped.
 */
public final class Relabelling {

    private static final Pattern INDEX = Pattern.compile("(\\d{1,9})");
    private static final Pattern INDEX_AND_LABEL =
            Pattern.compile("(\\d{1,9})\\s*[,;\\s]\\s*(\\d{1,9})");

    private Relabelling() {}

    /**
     * The data set with other labels of some training examples; planted facts are dropped, since
     * they no longer hold.
     *
     * @param file lines {@code INDEX,LABEL}
     * @throws DataException when a line is malformed, an index out of range or repeated, or a label
     *     has no class
     */
    public static Dataset apply(Dataset dataset, Path file) {
        int[] labels = dataset.train().labels().clone();
        TreeMap<Integer, Integer> changes = new TreeMap<>();
        for (Line line : lines(file, INDEX_AND_LABEL, "INDEX,LABEL")) {
            int index = line.index(dataset.train().size());
            int label = Integer.parseInt(line.fields().group(2));
            if (label >= dataset.classes()) {
                throw line.wrong(
                        "expected a label below " + dataset.classes() + ", found " + label);
            }
            if (changes.put(index, label) != null) {
                throw line.wrong("example " + index + " is named twice");
            }
        }
        changes.forEach((index, label) -> labels[index] = label);
        return new Dataset(
                dataset.source() + ", %d relabelled".formatted(changes.size()),
                new ExampleSet(dataset.train().images(), labels, dataset.train().names()),
                dataset.test(),
                dataset.classNames(),
                Optional.empty());
    }

    /**
     * The training examples that no trial may include.
     *
     * @param file lines {@code INDEX}
     * @return ascending
     * @throws DataException when a line is malformed or an index out of range or repeated
     */
    public static List<Integer> excluded(Dataset dataset, Path file) {
        TreeSet<Integer> excluded = new TreeSet<>();
        for (Line line : lines(file, INDEX, "INDEX")) {
            int index = line.index(dataset.train().size());
            if (!excluded.add(index)) {
                throw line.wrong("example " + index + " is named twice");
            }
        }
        if (excluded.size() == dataset.train().size()) {
            throw new DataException(file + ": expected some examples to be left, found none");
        }
        return List.copyOf(excluded);
    }

    private record Line(Path file, int number, Matcher fields) {

        int index(int size) {
            int index = Integer.parseInt(fields.group(1));
            if (index >= size) {
                throw wrong("expected an index below " + size + ", found " + index);
            }
            return index;
        }

        DataException wrong(String message) {
            return new DataException("%s, line %d: %s".formatted(file, number, message));
        }
    }

    private static List<Line> lines(Path file, Pattern form, String shown) {
        List<String> all;
        try {
            all = Files.readAllLines(file);
        } catch (IOException e) {
            throw new DataException("cannot read " + file + ": " + e.getMessage(), e);
        }
        List<Line> lines = new ArrayList<>();
        for (int k = 0; k < all.size(); k++) {
            String text = all.get(k).strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            Line line = new Line(file, k + 1, form.matcher(text));
            if (!line.fields().matches()) {
                throw line.wrong("expected %s, found '%s'".formatted(shown, text));
            }
            lines.add(line);
        }
        return lines;
    }
}
