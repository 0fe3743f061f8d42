package dev.longtail.helm;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.comments.CommentLine;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.representer.Representer;

/** The table of README.md: one row per value of values.yaml that carries a {@code # --} comment. */
final class ValuesTable {

    private static final String MARK = " -- ";

    private final List<String> rows = new ArrayList<>();
    private final List<String> undocumented = new ArrayList<>();

    private ValuesTable() {}

    static ValuesTable of(Path values) {
        LoaderOptions options = new LoaderOptions();
        options.setProcessComments(true);
        DumperOptions dumper = new DumperOptions();
        try (Reader reader = Files.newBufferedReader(values)) {
            Node root =
                    new Yaml(new SafeConstructor(options), new Representer(dumper), dumper, options)
                            .compose(reader);
            ValuesTable table = new ValuesTable();
            table.add("", (MappingNode) root);
            return table;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String markdown() {
        return "| value | default | meaning |\n|---|---|---|\n" + String.join("", rows);
    }

    /** Values without a comment. */
    List<String> undocumented() {
        return undocumented;
    }

    private void add(String prefix, MappingNode mapping) {
        for (NodeTuple entry : mapping.getValue()) {
            String name = prefix + ((ScalarNode) entry.getKeyNode()).getValue();
            String comment = comment(entry.getKeyNode());
            if (comment != null) {
                rows.add(
                        "| `%s` | `%s` | %s |\n"
                                .formatted(name, shortForm(entry.getValueNode()), comment.strip()));
            } else if (entry.getValueNode() instanceof MappingNode inner
                    && !inner.getValue().isEmpty()) {
                add(name + ".", inner);
            } else {
                undocumented.add(name);
            }
        }
    }

    private static String comment(Node key) {
        if (key.getBlockComments() == null) {
            return null;
        }
        return key.getBlockComments().stream()
                .map(CommentLine::getValue)
                .filter(line -> line.startsWith(MARK))
                .map(line -> line.substring(MARK.length()).replace("|", "\\|"))
                .findFirst()
                .orElse(null);
    }

    /** A value as YAML would write it in one line. */
    private static String shortForm(Node value) {
        if (value instanceof ScalarNode scalar) {
            return scalar.isPlain() ? scalar.getValue() : "\"" + scalar.getValue() + "\"";
        }
        List<String> parts = new ArrayList<>();
        for (Object element : ((CollectionNode<?>) value).getValue()) {
            parts.add(
                    element instanceof NodeTuple tuple
                            ? shortForm(tuple.getKeyNode()) + ": " + shortForm(tuple.getValueNode())
                            : shortForm((Node) element));
        }
        String content = String.join(", ", parts);
        return value instanceof MappingNode ? "{" + content + "}" : "[" + content + "]";
    }
}
