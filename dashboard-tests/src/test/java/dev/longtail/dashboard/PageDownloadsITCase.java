package dev.longtail.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.longtail.dashboard.browser.Browser;
import dev.longtail.dashboard.simulation.SimulatedSite;
import dev.longtail.dashboard.simulation.SimulatedTrials;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.w3c.dom.Document;

/** The buttons that save what is on screen: a file arrives, and holds it. */
class PageDownloadsITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir static Path dir;
    private static SimulatedSite site;
    private static SimulatedTrials trials;
    private static Browser browser;
    private Path downloads;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start(dir.resolve("profile"));
        trials = new SimulatedTrials(400, 150, 10, true, 7);
        site = SimulatedSite.start(dir, "digits", trials, i -> "=train-" + i);
        site.withAnother("digits-wide", new SimulatedTrials(400, 150, 10, true, 7));
        site.job().refresh(150, 30);
        site.job().refresh(150, 30);
        site.open();
        Api api = new Api(site.url());
        api.awaitAllRead("digits", 300, 149);
        api.awaitAllRead("digits-wide", 300, -1);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (site != null) {
            site.close();
        }
    }

    @BeforeEach
    void emptyDirectory(@TempDir Path empty) {
        downloads = empty;
    }

    @ParameterizedTest
    @CsvSource({
        "/e/digits, memorization-histogram",
        "/e/digits, standard-error",
        "/e/digits/convergence, pairs-over-trials",
        "/e/digits/convergence, decided-over-trials",
        "/e/digits/convergence, reliability-over-trials",
        "/e/digits/memorization, memorization-influence",
        "/e/digits/influence, influence-histogram",
        "/e/digits/train/17, memorization-over-trials",
        "/e/digits/classes, accuracy-by-class",
        "/e/digits/classes, memorization-by-class",
        "/compare?a=digits&b=digits-wide, memorization-a-b",
        "/compare?a=digits&b=digits-wide, agreement",
        "/compare?a=digits&b=digits-wide, memorization-both"
    })
    void everyPlotIsSavedAsPictureVectorsAndFigures(String view, String plot) throws Exception {
        browser.open(site.url().resolve(view));
        eventually(() -> assertThat(browser.text("main")).contains("from 300 trials"));
        eventually(() -> assertThat(coloursOf(save(plot, "PNG"))).isGreaterThan(5));

        Path svg = save(plot, "SVG");
        Document drawing =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(svg.toFile());
        assertThat(drawing.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(drawing.getElementsByTagName("path").getLength()).isGreaterThan(5);
        assertThat(drawing.getElementsByTagName("text").getLength()).isGreaterThan(3);

        List<Map<String, String>> rows = DownloadsITCase.csv(Files.readAllBytes(save(plot, "CSV")));
        assertThat(rows).isNotEmpty();
        assertThat(rows.get(0)).hasSizeGreaterThan(2);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theFiguresOfAPlotAreThePlottedOnes() throws Exception {
        browser.open(site.url().resolve("/e/digits/memorization"));
        eventually(() -> assertThat(browser.text("main")).contains("400 examples, from 300"));
        List<Map<String, String>> rows =
                DownloadsITCase.csv(Files.readAllBytes(save("memorization-influence", "CSV")));
        assertThat(rows).hasSize(trials.trainSize());
        for (Map<String, String> row : rows) {
            assertThat(Double.parseDouble(row.get("memorization")))
                    .isCloseTo(
                            trials.memorization(Integer.parseInt(row.get("index"))), within(1e-6));
        }
    }

    @Test
    void theListOnScreenIsSaved() throws Exception {
        browser.open(site.url().resolve("/e/digits/memorization?from=0.25&sort=c-score"));
        eventually(() -> assertThat(browser.text("#found")).contains("examples from 0.25"));
        int shown = Integer.parseInt(browser.text("#found").split(" ")[0].replace(",", ""));
        Path csv =
                browser.download(
                        downloads,
                        "digits-memorization.csv",
                        () -> browser.all("a.button[href*='memorization.csv']").get(0).click());
        List<Map<String, String>> rows = DownloadsITCase.csv(Files.readAllBytes(csv));
        assertThat(rows).hasSize(shown);
        assertThat(rows.get(0).get("name")).startsWith("'=train-");
        Path npz =
                browser.download(
                        downloads,
                        "digits-memorization.npz",
                        () -> browser.all("a.button[href*='memorization.npz']").get(0).click());
        assertThat(Files.size(npz)).isGreaterThan(1000);
    }

    /** Clicks a plot's button and waits for the file. */
    private Path save(String plot, String type) throws IOException {
        String name = plot + "." + type.toLowerCase(Locale.ROOT);
        Files.deleteIfExists(downloads.resolve(name));
        return browser.download(
                downloads,
                name,
                () ->
                        browser.driver()
                                .findElement(
                                        By.xpath(
                                                "//section[.//*[@data-plot='%s']]//button[.='%s']"
                                                        .formatted(plot, type)))
                                .click());
    }

    private static int coloursOf(Path picture) throws IOException {
        BufferedImage image = ImageIO.read(picture.toFile());
        assertThat(image.getWidth()).isGreaterThan(300);
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y += 2) {
            for (int x = 0; x < image.getWidth(); x += 2) {
                colours.add(image.getRGB(x, y));
            }
        }
        return colours.size();
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(PATIENCE).untilAsserted(assertion);
    }
}
