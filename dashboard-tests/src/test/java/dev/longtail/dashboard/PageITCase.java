package dev.longtail.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longtail.dashboard.browser.Browser;
import dev.longtail.dashboard.simulation.SimulatedExperiment;
import dev.longtail.dashboard.simulation.SimulatedJob;
import dev.longtail.dashboard.simulation.SimulatedTrials;
import dev.longtail.settings.KafkaSettings;
import dev.longtail.testing.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/** Every view in a real browser, with simulated trials through a real broker. */
class PageITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String HOSTILE =
            "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>../../etc/passwd";

    @TempDir static Path dir;
    private static TestBroker broker;
    private static SimulatedExperiment experiment;
    private static SimulatedTrials trials;
    private static SimulatedJob job;
    private static Dashboard dashboard;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.start(dir.resolve("broker"));
        trials = new SimulatedTrials(2000, 600, 10, true, 7);
        experiment =
                new SimulatedExperiment(
                        "digits", broker.bootstrapServers(), trials, i -> HOSTILE + i);
        experiment.describe(true);
        job = new SimulatedJob(experiment);
        job.introduce("00".repeat(16));
        for (int k = 0; k < 12; k++) {
            job.refresh(50, 8);
        }
        SimulatedTrials others = new SimulatedTrials(2000, 600, 10, true, 7);
        others.run(100);
        try (SimulatedExperiment other =
                new SimulatedExperiment(
                        "digits-wide", broker.bootstrapServers(), others, i -> "")) {
            other.describe(false);
            new SimulatedJob(other).refresh(200, 30);
        }
        dashboard =
                Dashboard.start(
                        DashboardSettings.of("127.0.0.1", 0, null),
                        KafkaSettings.of(broker.bootstrapServers()));
        Api api = new Api(dashboard.url());
        api.awaitAllRead("digits", trials.trials(), trials.testSize() - 1);
        api.awaitAllRead("digits-wide", 300, -1);
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
        experiment.close();
        broker.close();
    }

    @AfterEach
    void nothingWasComplainedAboutAndNothingHostileRan() {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.driver().getTitle()).endsWith("· Longtail");
    }

    @Test
    void listsExperiments() {
        open("/");
        eventually(
                () ->
                        assertThat(browser.text("tbody"))
                                .contains("digits", "digits-wide", "live")
                                .contains(String.valueOf(trials.trials())));
        browser.screenshot("experiments");
    }

    @Test
    void showsAnOverviewInLightAndDark() {
        open("/e/digits");
        eventually(
                () -> {
                    assertThat(browser.text("#phase")).isEqualTo("live");
                    assertThat(browser.text("[data-fact=trials]")).contains("received");
                    assertThat(browser.all(".specimen img")).hasSizeGreaterThan(20);
                    assertThat(browser.all(".pair img")).hasSizeGreaterThan(6);
                    assertThat(browser.all(".chart canvas")).hasSize(2);
                });
        browser.screenshot("overview-light");
        browser.all("#tools button").get(0).click();
        assertThat(browser.script("return document.documentElement.dataset.theme"))
                .isEqualTo("dark");
        browser.screenshot("overview-dark");
        browser.all("#tools button").get(0).click();
    }

    @Test
    void isMarkedAsLoadingUntilTheFirstStateIsHeard() {
        String notes =
                "window.phases = []; new MutationObserver(() => {"
                        + " const e = document.querySelector('#phase');"
                        + " if (e && window.phases.at(-1) !== e.textContent) window.phases.push(e.textContent);"
                        + " }).observe(document, { subtree: true, childList: true, characterData: true });";
        Map<String, Object> added =
                browser.driver()
                        .executeCdpCommand(
                                "Page.addScriptToEvaluateOnNewDocument", Map.of("source", notes));
        try {
            open("/e/digits");
            eventually(
                    () ->
                            assertThat(browser.script("return window.phases"))
                                    .isEqualTo(List.of("loading", "live")));
        } finally {
            browser.driver().executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", added);
        }
    }

    @Test
    void follows() {
        open("/e/digits");
        eventually(() -> assertThat(browser.text(".headlines")).contains("of 2,000"));
        int before = trials.trials();
        job.refresh(10, 2);
        eventually(
                () ->
                        assertThat(browser.text(".headlines"))
                                .contains("from " + (before + 10) + " trials"));
    }

    @Test
    void fillsTheGalleryFromADragOverTheHistogram() {
        open("/e/digits/memorization");
        eventually(() -> assertThat(browser.text("#found")).isEqualTo("2,000 examples"));
        browser.drag(0, 0.75, 0.97);
        eventually(
                () -> {
                    assertThat(browser.driver().getCurrentUrl()).contains("from=", "to=");
                    assertThat(browser.text("#found")).contains("examples from");
                    assertThat(browser.all(".gallery .specimen")).isNotEmpty();
                });
        double from = number("return new URLSearchParams(location.search).get('from')");
        double to = number("return new URLSearchParams(location.search).get('to')");
        List<Object> values = values(".gallery .estimate .value");
        assertThat(values)
                .allSatisfy(
                        v ->
                                assertThat(((Number) v).doubleValue())
                                        .isBetween(from - .01, to + .01));
        browser.screenshot("memorization-brushed");
        browser.driver().navigate().refresh();
        eventually(() -> assertThat(values(".gallery .estimate .value")).isEqualTo(values));
    }

    @Test
    void sortsAndFilters() {
        open("/e/digits/memorization?sort=c-score&descending=false&class=3");
        eventually(
                () ->
                        assertThat(
                                        browser.script(
                                                "return [...new Set([...document.querySelectorAll('.gallery .label')].map(e => e.textContent))]"))
                                .isEqualTo(List.of("digit 3")));
        browser.screenshot("memorization-class");
    }

    @Test
    void showsWhoHelpsWhom() {
        open("/e/digits/influence");
        eventually(
                () -> {
                    assertThat(browser.all(".influence-row")).hasSizeGreaterThan(3);
                    assertThat(browser.all(".mark.twin")).isNotEmpty();
                    assertThat(browser.all(".mark.confirmed")).isNotEmpty();
                    assertThat(browser.text(".headlines")).contains("Expected by chance alone");
                });
        browser.screenshot("influence");
        long all = browser.all(".influence-row").size();
        browser.drag(0, 0.63, 0.97);
        eventually(
                () -> {
                    assertThat(browser.all(".influence-row")).hasSizeBetween(1, (int) all - 1);
                    assertThat(browser.driver().getCurrentUrl()).contains("from=0.");
                });
        double from = number("return new URLSearchParams(location.search).get('from')");
        eventually(
                () ->
                        assertThat(values(".row-tests .estimate .value"))
                                .isNotEmpty()
                                .allSatisfy(
                                        v ->
                                                assertThat(((Number) v).doubleValue())
                                                        .isGreaterThan(from - .01)));
    }

    @Test
    void opensAnExampleByItsAddressAndLeadsToItsPartner() {
        open("/e/digits");
        eventually(() -> assertThat(browser.all(".pair a")).isNotEmpty());
        String train = browser.all(".pair a").get(0).getAttribute("href");
        browser.driver().get(train);
        eventually(
                () -> {
                    assertThat(browser.text("dl.facts")).contains("±", "Newcombe", "C-score");
                    assertThat(browser.all(".chart canvas")).hasSize(1);
                    assertThat(browser.all(".two-lists .specimen")).isNotEmpty();
                });
        assertThat(browser.text(".example-head")).contains(HOSTILE);
        browser.screenshot("example-train");
        browser.all(".two-lists .specimen").get(0).click();
        eventually(
                () -> {
                    assertThat(browser.driver().getCurrentUrl()).contains("/test/");
                    assertThat(browser.text("main")).contains("help it most", "harm it most");
                    assertThat(browser.all(".two-lists .specimen")).hasSizeGreaterThan(20);
                });
        browser.screenshot("example-test");
    }

    @Test
    void showsClasses() {
        open("/e/digits/classes");
        eventually(() -> assertThat(browser.all(".chart canvas")).hasSize(3));
        browser.driver().findElement(By.xpath("//button[contains(., 'count high')]")).click();
        eventually(() -> assertThat(browser.text("main")).contains("Memorization by class"));
        browser.screenshot("classes");
    }

    @Test
    void auditsLabels() {
        open("/e/digits/audit");
        eventually(() -> assertThat(browser.all("tbody tr")).hasSize(50));
        assertThat(browser.text("tbody")).contains(HOSTILE);
        browser.driver().findElement(By.xpath("//th//button[contains(., 'C-score')]")).click();
        eventually(() -> assertThat(browser.text("th[aria-sort=descending]")).contains("C-score"));
        browser.screenshot("audit");
    }

    @Test
    void showsConvergence() {
        open("/e/digits/convergence");
        eventually(
                () -> {
                    assertThat(browser.all(".chart canvas")).hasSize(4);
                    assertThat(browser.text("main")).contains("more trials");
                });
        browser.screenshot("convergence");
    }

    @Test
    void comparesTwoExperiments() {
        open("/compare?a=digits&b=digits-wide");
        eventually(
                () -> {
                    assertThat(browser.text("main")).contains("Correlation of memorization: 0.99");
                    assertThat(browser.all(".chart canvas")).hasSize(3);
                });
        browser.screenshot("compare");
    }

    @Test
    void isOperatedByKeys() {
        open("/e/digits");
        eventually(() -> assertThat(browser.all("#tabs a")).hasSizeGreaterThan(4));
        new Actions(browser.driver()).sendKeys(Keys.TAB, Keys.ENTER).perform();
        assertThat(browser.script("return document.activeElement.id")).isEqualTo("view");
        browser.script("document.querySelector('#tabs a[href$=memorization]').focus()");
        new Actions(browser.driver()).sendKeys(Keys.ENTER).perform();
        eventually(() -> assertThat(browser.text("#found")).isEqualTo("2,000 examples"));
        browser.script("document.querySelector('input[type=range]').focus()");
        new Actions(browser.driver()).sendKeys(Keys.END, Keys.PAGE_DOWN, Keys.PAGE_DOWN).perform();
        eventually(() -> assertThat(browser.text("#found")).contains("examples from"));
        assertThat(
                        browser.script(
                                "return [...document.querySelectorAll('img')].every(i => i.hasAttribute('alt'))"))
                .isEqualTo(true);
    }

    @Test
    void saysWhatIsNotThere() {
        open("/e/nothing-of-the-kind");
        eventually(
                () ->
                        assertThat(browser.text("main"))
                                .contains("Not found", "nothing-of-the-kind"));
        browser.screenshot("not-found");
        // The browser itself logs the 404 it was answered with.
        assertThat(browser.complaints()).allMatch(c -> c.contains("404"));
    }

    @Test
    void opensAnExperimentByItselfOnceThereIsOne() throws Exception {
        open("/e/late");
        eventually(() -> assertThat(browser.text("main")).contains("Not found"));
        try (SimulatedExperiment late =
                new SimulatedExperiment(
                        "late",
                        broker.bootstrapServers(),
                        new SimulatedTrials(60, 20, 2, true, 1),
                        i -> "")) {
            late.describe(false);
            new SimulatedJob(late).refresh(30, 5);
            eventually(() -> assertThat(browser.text(".headlines")).contains("from 30 trials"));
            late.deleteTopics();
            eventually(() -> assertThat(browser.text("main")).contains("late is gone"));
        }
        assertThat(browser.complaints()).allMatch(c -> c.contains("404"));
    }

    @Test
    void saysThatNothingIsCountedYet() throws Exception {
        SimulatedTrials none = new SimulatedTrials(60, 20, 2, true, 1);
        try (SimulatedExperiment waiting =
                new SimulatedExperiment("waiting", broker.bootstrapServers(), none, i -> "")) {
            waiting.describe(true);
            open("/e/waiting");
            eventually(
                    () -> {
                        assertThat(browser.text("#phase")).isEqualTo("empty");
                        assertThat(browser.text("#strip")).contains("no job counts");
                        assertThat(browser.text("#notice"))
                                .contains("Nothing is counted yet", "job --experiment waiting");
                    });
            browser.screenshot("empty");
            for (String view :
                    List.of("convergence", "memorization", "influence", "classes", "audit")) {
                open("/e/waiting/" + view);
                eventually(
                        () -> {
                            assertThat(browser.text("#notice")).contains("Nothing is counted");
                            assertThat(browser.all("main").get(0).isDisplayed()).isFalse();
                        });
            }
            SimulatedJob first = new SimulatedJob(waiting);
            first.introduce("00".repeat(16));
            eventually(() -> assertThat(browser.text("#notice")).contains("Waiting for the first"));
            browser.screenshot("empty-waiting");
            first.refresh(30, 5);
            eventually(
                    () -> {
                        assertThat(browser.all("tbody tr")).isNotEmpty();
                        assertThat(browser.all("main").get(0).isDisplayed()).isTrue();
                    });
            waiting.deleteTopics();
        }
        assertThat(browser.complaints()).allMatch(c -> c.contains("404"));
    }

    @Test
    void asksNobodyButItsOwnServer() {
        open("/e/digits");
        eventually(() -> assertThat(browser.all(".specimen img")).hasSizeGreaterThan(20));
        @SuppressWarnings("unchecked")
        List<String> addresses =
                (List<String>)
                        browser.script(
                                "return performance.getEntriesByType('resource').map(e => e.name)");
        assertThat(addresses)
                .isNotEmpty()
                .allMatch(address -> address.startsWith(dashboard.url().toString()));
    }

    private static void open(String path) {
        browser.open(dashboard.url().resolve(path));
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(PATIENCE).untilAsserted(assertion);
    }

    private static double number(String script) {
        return Double.parseDouble((String) browser.script(script));
    }

    /** The numbers in all matching elements. */
    @SuppressWarnings("unchecked")
    private static List<Object> values(String selector) {
        return (List<Object>)
                browser.script(
                        "return [...document.querySelectorAll(arguments[0])].map(e => Number(e.textContent.replace('\u2212', '-')))",
                        selector);
    }
}
