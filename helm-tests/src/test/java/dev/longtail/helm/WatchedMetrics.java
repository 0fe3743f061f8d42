package dev.longtail.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Metrics and labels that alerts and Grafana's dashboards of a rendering name. */
final class WatchedMetrics {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)");

    /**
     * {@code metric{selector}}; a metric without a selector is refused, it would watch everybody's.
     */
    private static final Pattern SELECTED =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\{([^}]*)}");

    private static final Pattern BY = Pattern.compile("\\bby\\s*\\(([^)]*)\\)");

    private static final Pattern LABEL_VALUES =
            Pattern.compile("label_values\\((\\w+)(?:\\{([^}]*)})?,\\s*(\\w+)\\)");

    private static final Set<String> WORDS =
            Set.of(
                    "absent_over_time",
                    "and",
                    "by",
                    "delta",
                    "deriv",
                    "increase",
                    "max",
                    "or",
                    "sum");

    private WatchedMetrics() {}

    /** Labels by metric. */
    static Map<String, Set<String>> of(Manifests manifests) {
        Map<String, Set<String>> watched = new TreeMap<>();
        expressions(manifests).forEach(expression -> addExpression(expression, watched));
        variables(manifests)
                .forEach(
                        query -> {
                            Matcher values = LABEL_VALUES.matcher(query);
                            if (values.matches()) {
                                Set<String> labels = labels(watched, values.group(1));
                                labels.add(values.group(3));
                                addLabels(values.group(2), labels);
                            } else if (!query.equals("prometheus")) {
                                throw new AssertionError("what does this ask for? " + query);
                            }
                        });
        return watched;
    }

    private static void addExpression(String expression, Map<String, Set<String>> watched) {
        List<String> metrics = new ArrayList<>();
        Matcher selected = SELECTED.matcher(expression);
        while (selected.find()) {
            metrics.add(selected.group(1));
            addLabels(selected.group(2), labels(watched, selected.group(1)));
        }
        Matcher by = BY.matcher(expression);
        while (by.find()) {
            for (String label : by.group(1).split(",")) {
                metrics.forEach(metric -> labels(watched, metric).add(label.strip()));
            }
        }
        String rest =
                BY.matcher(SELECTED.matcher(expression).replaceAll(""))
                        .replaceAll("")
                        .replaceAll("\\[[^]]*]", "");
        Matcher name = NAME.matcher(rest);
        while (name.find()) {
            if (!WORDS.contains(name.group())) {
                throw new AssertionError(
                        "'%s' in '%s' is neither a function nor a metric with a selector"
                                .formatted(name.group(), expression));
            }
        }
        if (metrics.isEmpty()) {
            throw new AssertionError("watches nothing: " + expression);
        }
    }

    private static Set<String> labels(Map<String, Set<String>> watched, String metric) {
        return watched.computeIfAbsent(metric, key -> new TreeSet<>());
    }

    private static void addLabels(String selector, Set<String> labels) {
        if (selector != null) {
            Matcher label = LABEL.matcher(selector.replaceAll("\"[^\"]*\"", ""));
            while (label.find()) {
                labels.add(label.group(1));
            }
        }
    }

    private static Stream<String> expressions(Manifests manifests) {
        return Stream.concat(
                manifests.ofKind("PrometheusRule").flatMap(rule -> texts(rule, "expr")),
                dashboards(manifests).flatMap(dashboard -> texts(dashboard, "expr")));
    }

    private static Stream<String> variables(Manifests manifests) {
        return dashboards(manifests)
                .flatMap(dashboard -> texts(dashboard.path("templating"), "query"));
    }

    private static Stream<String> texts(JsonNode node, String field) {
        return PodView.textsOf(node, field).stream();
    }

    private static Stream<JsonNode> dashboards(Manifests manifests) {
        return PodView.elements(
                        manifests.get("ConfigMap", "demo-longtail-grafana-dashboards").path("data"))
                .map(
                        text -> {
                            try {
                                return new ObjectMapper().readTree(text.asText());
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
    }

    /** Labels by metric of what a reporter answers. */
    static Map<String, Set<String>> scraped(String answer) {
        Map<String, Set<String>> scraped = new TreeMap<>();
        answer.lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(
                        line -> {
                            Matcher name = NAME.matcher(line);
                            if (name.lookingAt()) {
                                Set<String> labels = labels(scraped, name.group());
                                int open = line.indexOf('{');
                                if (open >= 0) {
                                    addLabels(
                                            line.substring(open + 1, line.lastIndexOf('}')),
                                            labels);
                                }
                            }
                        });
        return scraped;
    }

    /** Labels that Prometheus gives to what it scrapes by the chart's PodMonitor. */
    static Set<String> ofTheTarget(Manifests manifests) {
        Set<String> labels =
                new TreeSet<>(
                        Set.of("namespace", "pod", "container", "endpoint", "job", "instance"));
        manifests
                .ofKind("PodMonitor")
                .flatMap(monitor -> PodView.elements(monitor.at("/spec/podTargetLabels")))
                .forEach(label -> labels.add(label.asText().replaceAll("[^a-zA-Z0-9_]", "_")));
        return labels;
    }
}
