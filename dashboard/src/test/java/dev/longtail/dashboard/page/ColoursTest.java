package dev.longtail.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The colours of both themes, for people with all kinds of colour vision. */
class ColoursTest {

    /** Colours that stand beside each other in one plot or list and mean different things. */
    private static final List<List<String>> TOLD_APART =
            List.of(
                    List.of("blue", "orange"),
                    List.of("blue", "violet"),
                    List.of("orange", "violet"),
                    List.of("blue", "green"),
                    List.of("orange", "green"),
                    List.of("green", "bar"),
                    List.of("green", "violet"));

    private static final double CLEARLY_DIFFERENT = 10;
    private static final double TEXT = 4.5;
    private static final double GRAPHICS = 3;

    /** The themes in the order of the style sheet: light, dark by choice, dark by the system. */
    private static List<Map<String, Integer>> themes() throws IOException {
        try (InputStream in =
                ColoursTest.class.getResourceAsStream(
                        "/dev/longtail/dashboard/page/style/base.css")) {
            String css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<Map<String, Integer>> themes = new ArrayList<>();
            Matcher block = Pattern.compile(":root[^{]*\\{([^}]*)}").matcher(css);
            while (block.find()) {
                Map<String, Integer> colours = new HashMap<>();
                Matcher colour =
                        Pattern.compile("--([a-z-]+): #([0-9a-f]{6});").matcher(block.group(1));
                while (colour.find()) {
                    colours.put(colour.group(1), Integer.parseInt(colour.group(2), 16));
                }
                themes.add(colours);
            }
            assertThat(themes).hasSize(3);
            return themes;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void areToldApartByEverybody(int theme) throws IOException {
        Map<String, Integer> colours = themes().get(theme);
        for (ColourVision vision : ColourVision.values()) {
            for (List<String> pair : TOLD_APART) {
                assertThat(vision.distance(colours.get(pair.get(0)), colours.get(pair.get(1))))
                        .as("%s with %s", pair, vision)
                        .isGreaterThan(CLEARLY_DIFFERENT);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void standOutFromWhatTheyLieOn(int theme) throws IOException {
        Map<String, Integer> colours = themes().get(theme);
        int card = colours.get("card");
        for (String text : List.of("ink", "soft", "blue", "orange", "green", "violet")) {
            assertThat(ColourVision.contrast(colours.get(text), card))
                    .as(text)
                    .isGreaterThanOrEqualTo(TEXT);
        }
        for (String graphics : List.of("bar", "bar-strong", "blue", "orange", "green", "violet")) {
            assertThat(ColourVision.contrast(colours.get(graphics), card))
                    .as(graphics)
                    .isGreaterThanOrEqualTo(GRAPHICS);
        }
    }

    @Test
    void areTheSameInBothDarkThemes() throws IOException {
        assertThat(themes().get(2)).isEqualTo(themes().get(1));
    }
}
