package dev.longtail.exchange.compare;

import dev.longtail.estimators.Agreement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Jaccard similarity and mean difference over thresholds as an SVG drawing: one panel for examples,
 * one for pairs. Written directly, because the libraries for it need fonts and a windowing toolkit,
 * which a server often lacks.
 */
final class AgreementPlot {

    private static final int PANEL_WIDTH = 460;
    private static final int HEIGHT = 360;
    private static final int LEFT = 60;
    private static final int TOP = 60;
    private static final int PLOT_WIDTH = 360;
    private static final int PLOT_HEIGHT = 230;

    /** A curve of the figure: both colours differ in lightness too. */
    private enum Curve {
        JACCARD("Jaccard similarity", "#0072b2", "", Agreement::jaccard),
        DIFFERENCE(
                "mean |A - B| over the union", "#d55e00", "6 4", Agreement::meanAbsoluteDifference);

        private final String label;
        private final String colour;
        private final String dashes;
        private final ToDoubleFunction<Agreement> value;

        Curve(String label, String colour, String dashes, ToDoubleFunction<Agreement> value) {
            this.label = label;
            this.colour = colour;
            this.dashes = dashes;
            this.value = value;
        }
    }

    private AgreementPlot() {}

    /** Writes the drawing, replacing the file. */
    static void write(Comparison comparison, Path file) throws IOException {
        Files.writeString(file, svg(comparison));
    }

    static String svg(Comparison comparison) {
        StringBuilder svg = new StringBuilder();
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n"
                        .formatted(2 * PANEL_WIDTH, HEIGHT));
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        text(
                svg,
                LEFT,
                20,
                "start",
                "A: %s, B: %s".formatted(comparison.a().origin(), comparison.b().origin()));
        panel(svg, 0, "Memorized examples", "memorization threshold", comparison.examples());
        panel(svg, PANEL_WIDTH, "High-influence pairs", "influence threshold", comparison.pairs());
        return svg.append("</svg>\n").toString();
    }

    private static void panel(
            StringBuilder svg, int x, String title, String axis, List<Agreement> agreements) {
        svg.append("<g transform=\"translate(%d 0)\">%n".formatted(x));
        text(svg, LEFT, 46, "start", agreements.isEmpty() ? title + ": not compared" : title);
        for (int tick = 0; tick <= 5; tick++) {
            double value = tick / 5.0;
            line(svg, LEFT, y(value), LEFT + PLOT_WIDTH, y(value), "#dddddd");
            text(svg, LEFT - 8, y(value) + 4, "end", number(value));
            line(svg, x(value), TOP + PLOT_HEIGHT, x(value), TOP + PLOT_HEIGHT + 5, "#444444");
            text(svg, x(value), TOP + PLOT_HEIGHT + 20, "middle", number(value));
        }
        text(svg, LEFT + PLOT_WIDTH / 2.0, TOP + PLOT_HEIGHT + 38, "middle", axis);
        int row = 0;
        for (Curve curve : Curve.values()) {
            curve(svg, curve, agreements);
            double legend = LEFT + 190.0 * row++;
            svg.append(
                    "<path d=\"M%s %d h24\" stroke=\"%s\" stroke-width=\"2\" stroke-dasharray=\"%s\"/>%n"
                            .formatted(number(legend), HEIGHT - 14, curve.colour, curve.dashes));
            text(svg, legend + 30, HEIGHT - 10, "start", curve.label);
        }
        svg.append("</g>\n");
    }

    private static void curve(StringBuilder svg, Curve curve, List<Agreement> agreements) {
        List<Agreement> defined =
                agreements.stream()
                        .filter(a -> !Double.isNaN(curve.value.applyAsDouble(a)))
                        .filter(a -> a.threshold() >= 0 && a.threshold() <= 1)
                        .toList();
        if (defined.isEmpty()) {
            return;
        }
        String points =
                defined.stream()
                        .map(
                                a ->
                                        number(x(a.threshold()))
                                                + ","
                                                + number(y(curve.value.applyAsDouble(a))))
                        .collect(Collectors.joining(" "));
        svg.append(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-dasharray=\"%s\"/>%n"
                        .formatted(points, curve.colour, curve.dashes));
        for (Agreement a : defined) {
            svg.append(
                    "<circle cx=\"%s\" cy=\"%s\" r=\"3.5\" fill=\"%s\"><title>%s at %s: %s (A %d, B %d, both %d)</title></circle>%n"
                            .formatted(
                                    number(x(a.threshold())),
                                    number(y(curve.value.applyAsDouble(a))),
                                    curve.colour,
                                    curve.label,
                                    number(a.threshold()),
                                    number(curve.value.applyAsDouble(a)),
                                    a.selectedA(),
                                    a.selectedB(),
                                    a.both()));
        }
    }

    private static double x(double threshold) {
        return LEFT + threshold * PLOT_WIDTH;
    }

    /** Both curves lie in [0, 1] but for differences of opposite sign, which are cut there. */
    private static double y(double value) {
        return TOP + PLOT_HEIGHT * (1 - Math.min(1, value));
    }

    private static void line(
            StringBuilder svg, double x1, double y1, double x2, double y2, String colour) {
        svg.append(
                "<path d=\"M%s %s L%s %s\" stroke=\"%s\"/>%n"
                        .formatted(number(x1), number(y1), number(x2), number(y2), colour));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
        svg.append(
                "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>%n"
                        .formatted(number(x), number(y), anchor, escaped(text)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value).replaceFirst("\\.?0+$", "");
    }
}
