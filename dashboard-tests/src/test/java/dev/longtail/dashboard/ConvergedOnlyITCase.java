package dev.longtail.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longtail.dashboard.browser.Browser;
import dev.longtail.dashboard.simulation.SimulatedSite;
import dev.longtail.dashboard.simulation.SimulatedTrials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ThrowingRunnable;
import org.jetbrains.bio.npy.NpzFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;

/**
 * A job that leaves out trials which did not converge estimates something else than one that counts
 * all: everything that shows its figures says so, and nothing that shows others'.
 */
class ConvergedOnlyITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir static Path dir;
    private static SimulatedSite site;
    private static Api api;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start(dir.resolve("profile"));
        SimulatedTrials trials = new SimulatedTrials(300, 120, 7, true, 3);
        site = SimulatedSite.start(dir, "some", trials, i -> "");
        site.withAnother("all", new SimulatedTrials(300, 120, 7, true, 3));
        site.job().convergedOnly().introduce("00".repeat(16));
        site.job().refresh(100, 9);
        site.open();
        api = new Api(site.url());
        api.awaitAllRead("some", 100, -1);
        api.awaitAllRead("all", 300, -1);
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

    @ParameterizedTest
    @CsvSource({"some, true", "all, false"})
    void answersSaySo(String name, boolean said) {
        String one = "/api/experiments/" + name;
        for (String path : new String[] {"/memorization", "/pairs", "/classes", "/convergence"}) {
            assertThat(api.get(one + path).headers().firstValue("Longtail-Converged-Only"))
                    .as(path)
                    .contains(String.valueOf(said));
        }
        assertThat(api.json(one + "/status").path("convergedOnly").asBoolean()).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource({"some, true", "all, false"})
    void savedListsSaySo(String name, boolean said) throws Exception {
        String one = "/api/experiments/" + name;
        for (String list : new String[] {"/memorization", "/pairs"}) {
            assertThat(DownloadsITCase.csv(api.get(one + list + ".csv").body()))
                    .isNotEmpty()
                    .allSatisfy(
                            row ->
                                    assertThat(row)
                                            .containsEntry("converged_only", String.valueOf(said)));
            Path file = Files.createTempFile(dir, "list", ".npz");
            Files.write(file, api.get(one + list + ".npz").body());
            try (NpzFile.Reader npz = NpzFile.INSTANCE.read(file)) {
                assertThat(npz.get("converged_only", 1 << 10).asBooleanArray())
                        .containsExactly(said);
                assertThat(npz.get("trials", 1 << 10).asLongArray()[0]).isPositive();
            }
        }
    }

    @Test
    void comparisonsSayOfWhichSide() {
        JsonNode comparison = api.json("/api/compare?a=all&b=some");
        assertThat(comparison.path("convergedOnlyA").asBoolean()).isFalse();
        assertThat(comparison.path("convergedOnlyB").asBoolean()).isTrue();

        browser.open(site.url().resolve("/compare?a=all&b=some"));

        eventually(
                () ->
                        assertThat(browser.text("main"))
                                .containsPattern("A from \\d+ trials, B from 100 trials, converged")
                                .contains("One of these experiments leaves out trials"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/memorization", "/influence", "/classes", "/train/17", "/test/7"})
    void everyPageSaysSo(String page) {
        browser.open(site.url().resolve("/e/some" + page));
        eventually(
                () ->
                        assertThat(browser.text("#strip"))
                                .contains("all figures from", "converged trials only"));

        browser.open(site.url().resolve("/e/all" + page));
        eventually(() -> assertThat(browser.text("#strip")).contains("trials counted"));
        assertThat(browser.text("#strip")).doesNotContain("converged trials only");
    }

    @Test
    void savedPlotsSaySoInTheirNames(@TempDir Path downloads) throws Exception {
        browser.open(site.url().resolve("/e/some/memorization"));
        eventually(() -> assertThat(browser.text("#strip")).contains("converged trials only"));
        eventually(() -> assertThat(browser.text("main")).contains("from 100 trials"));

        Path figures =
                browser.download(
                        downloads,
                        "memorization-influence-converged-trials-only.csv",
                        () ->
                                browser.driver()
                                        .findElement(
                                                By.xpath(
                                                        "//section[.//*[@data-plot='memorization-influence']]//button[.='CSV']"))
                                        .click());

        assertThat(DownloadsITCase.csv(Files.readAllBytes(figures))).hasSize(300);
    }

    private static void eventually(ThrowingRunnable... assertions) {
        for (ThrowingRunnable assertion : assertions) {
            await().atMost(PATIENCE).untilAsserted(assertion);
        }
    }
}
