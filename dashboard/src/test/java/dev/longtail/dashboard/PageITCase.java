package dev.longtail.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longtail.dashboard.browser.Browser;
import dev.longtail.dashboard.simulation.SimulatedJob;
import dev.longtail.dashboard.simulation.SimulatedTrials;
import dev.longtail.settings.KafkaSettings;
import dev.longtail.testing.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every view in a real browser, with simulated trials through a real broker. */
class PageITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir static Path dir;
    private static TestBroker broker;
    private static SimulatedJob job;
    private static Dashboard dashboard;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.start(dir.resolve("broker"));
        job =
                new SimulatedJob(
                        "digits",
                        broker.bootstrapServers(),
                        new SimulatedTrials(2000, 600, 10, true, 7),
                        i -> "train-" + i);
        job.describe(true);
        job.introduce("00".repeat(16));
        for (int k = 0; k < 12; k++) {
            job.refresh(50, 8);
        }
        dashboard =
                Dashboard.start(
                        DashboardSettings.of("127.0.0.1", 0, null),
                        KafkaSettings.of(broker.bootstrapServers()));
        browser = Browser.start(dir.resolve("profile"));
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (dashboard != null) {
            dashboard.close();
        }
        if (job != null) {
            job.close();
        }
        broker.close();
    }

    @Test
    void listsExperiments() {
        browser.open(dashboard.url());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(browser.text("tbody")).contains("digits", "600"));
        browser.screenshot("experiments");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void showsAnOverview() {
        browser.open(dashboard.url().resolve("/e/digits"));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> {
                            assertThat(browser.text("#phase")).isEqualTo("live");
                            assertThat(browser.all(".specimen img")).hasSizeGreaterThan(20);
                            assertThat(browser.all(".pair img")).hasSizeGreaterThan(10);
                            assertThat(browser.all(".chart canvas")).hasSize(2);
                        });
        browser.screenshot("overview-light");
        browser.script("document.documentElement.dataset.theme = 'dark'");
        browser.script("document.querySelector('.icon-button').click()");
        browser.script("document.querySelector('.icon-button').click()");
        browser.screenshot("overview-dark");
        assertThat(browser.complaints()).isEmpty();
    }
}
