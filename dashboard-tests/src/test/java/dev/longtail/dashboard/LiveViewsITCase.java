package dev.longtail.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longtail.aggregator.ReplayRange;
import dev.longtail.aggregator.source.StartPosition;
import dev.longtail.dashboard.browser.Browser;
import dev.longtail.dashboard.simulation.LiveChain;
import dev.longtail.dashboard.simulation.SimulatedTrials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/**
 * Every view in a browser on the real chain: trials through Kafka, counted by the Flink job, read
 * from its topics and its state. Screenshots are {@code target/screenshots/chain-*.png}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LiveViewsITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int TRIALS = 400;
    private static final int SKIPPED = 150;

    @TempDir static Path dir;
    private static LiveChain chain;
    private static SimulatedTrials trials;
    private static Api api;
    private static Browser browser;
    private static int strongTrain;
    private static int strongTest;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start(dir.resolve("profile"));
        trials = new SimulatedTrials(600, 300, 10, true, 7);
        chain = LiveChain.start(dir, "chain", trials);
        api = new Api(chain.url());
        chain.experiment().publishTrials(TRIALS);
        chain.experiment().publishPoison(new byte[] {1, 2, 3});
        eventually(() -> assertThat(trialsOf("chain")).isEqualTo(TRIALS));
        api.awaitAllRead("chain", TRIALS, trials.testSize() - 1);
        chain.launch(
                new ReplayRange(new StartPosition.Offset(SKIPPED), true, OptionalDouble.empty()),
                "--output=chain.late");
        eventually(() -> assertThat(trialsOf("chain.late")).isEqualTo(TRIALS - SKIPPED));
        api.awaitAllRead("chain.late", TRIALS - SKIPPED, -1);
        JsonNode strongest = api.json("/api/experiments/chain/pairs?limit=1").path("rows").get(0);
        strongTrain = strongest.path("train").asInt();
        strongTest = strongest.path("test").asInt();
    }

    private static int trialsOf(String output) {
        var answer = api.get("/api/experiments/" + output + "/pairs");
        return answer.statusCode() == 200 ? Api.parse(answer.body()).path("trials").asInt() : -1;
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (chain != null) {
            chain.close();
        }
    }

    @AfterEach
    void thePageComplainsOfNothing() {
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    @Order(1)
    void truthStripAndOverview() {
        open("/e/chain");
        eventually(
                () -> {
                    assertThat(browser.text("#phase")).isEqualTo("live");
                    assertThat(browser.text("[data-fact=job]")).contains("running");
                    assertThat(browser.text("[data-fact=trials]")).contains("400 / 400 received");
                    assertThat(browser.text("[data-fact=rejected]")).endsWith("1");
                    assertThat(browser.text("[data-fact=lag]")).contains("0 records");
                    assertThat(browser.text("#strip")).contains("checkpoint", " s ago", "s old");
                    assertThat(browser.all(".specimen img")).hasSizeGreaterThan(10);
                    assertThat(browser.all(".pair img")).hasSizeGreaterThan(3);
                });
        picture("overview");
    }

    @Test
    @Order(2)
    void convergence() {
        open("/e/chain/convergence");
        eventually(
                () -> {
                    assertThat(browser.all(".chart canvas")).hasSize(4);
                    assertThat(browser.text("main"))
                            .contains("Mean standard error of 0.01: about", "more trials (");
                });
        picture("convergence");
    }

    @Test
    @Order(3)
    void memorizationWithItsGallery() {
        open("/e/chain/memorization");
        eventually(() -> assertThat(browser.text("#found")).isEqualTo("600 examples"));
        browser.drag(0, 0.7, 0.97);
        eventually(
                () -> {
                    assertThat(browser.text("#found")).contains("examples from 0.");
                    assertThat(browser.all(".gallery img")).isNotEmpty();
                    assertThat(browser.text(".gallery")).contains("±", "in ", "out ");
                });
        picture("memorization");
    }

    @Test
    @Order(4)
    void influence() {
        open("/e/chain/influence");
        eventually(
                () -> {
                    assertThat(browser.all(".influence-row img")).hasSizeGreaterThan(3);
                    assertThat(browser.all(".mark.confirmed")).isNotEmpty();
                    assertThat(browser.all(".mark.twin")).isNotEmpty();
                });
        picture("influence");
    }

    @Test
    @Order(5)
    void oneTrainingExampleFromTheJobsState(@TempDir Path downloads) throws Exception {
        open("/e/chain/train/" + strongTrain);
        eventually(
                () -> {
                    assertThat(browser.text("dl.facts")).contains("±", "at all times", "C-score");
                    assertThat(browser.text("#largest")).contains("±");
                    assertThat(browser.text("main")).contains("from the running job’s own");
                    assertThat(browser.all(".two-lists .specimen img")).hasSize(24);
                    assertThat(browser.text(".two-lists .specimen .index"))
                            .isEqualTo("#" + strongTest);
                });
        picture("train");
        Path lists =
                browser.download(
                        downloads,
                        "influences-train-%s.csv".formatted(strongTrain),
                        () -> browser.all("button[title^='Save these lists']").get(0).click());
        List<Map<String, String>> rows = DownloadsITCase.csv(Files.readAllBytes(lists));
        assertThat(rows).hasSize(24);
        assertThat(rows.get(0))
                .containsEntry("train", String.valueOf(strongTrain))
                .containsEntry("test", String.valueOf(strongTest))
                .containsEntry("trials", "400");
        assertThat(Double.parseDouble(rows.get(0).get("standard_error"))).isPositive();
    }

    @Test
    @Order(6)
    void oneTestExample() {
        open("/e/chain/test/" + strongTest);
        eventually(
                () -> {
                    assertThat(browser.text("dl.facts")).contains("of 400 trials", "±");
                    assertThat(browser.text(".two-lists .specimen .index"))
                            .isEqualTo("#" + strongTrain);
                });
        long widest =
                ((Number)
                                browser.script(
                                        "return Math.min(...[...document.querySelectorAll('.two-lists > div')].map(e => e.clientWidth))"))
                        .longValue();
        assertThat(widest).as("width of each list").isGreaterThan(300);
        picture("test");
    }

    @Test
    @Order(7)
    void classesFromTheJobsState(@TempDir Path downloads) throws Exception {
        open("/e/chain/classes");
        eventually(
                () -> {
                    assertThat(browser.all(".chart canvas")).hasSize(3);
                    assertThat(browser.text("main"))
                            .contains("mean influence over all pairs in scope, ± at most 0.0");
                });
        picture("classes");
        Path png = saveClassMap(downloads, "png");
        assertThat(ImageIO.read(png.toFile()).getWidth()).isGreaterThan(300);
        // Ten classes on ten, and the names of each on both axes.
        assertThat(Files.readString(saveClassMap(downloads, "svg")))
                .startsWith("<svg")
                .contains("digit 0", "digit 9", "class of the training example")
                .satisfies(svg -> assertThat(svg.split("<path")).hasSizeGreaterThan(100));
        assertThat(DownloadsITCase.csv(Files.readAllBytes(saveClassMap(downloads, "csv"))))
                .hasSize(100);
    }

    private static Path saveClassMap(Path downloads, String type) {
        String button =
                "//section[.//*[@data-plot='class-influence']]//button[.='%s']"
                        .formatted(type.toUpperCase(Locale.ROOT));
        return browser.download(
                downloads,
                "class-influence." + type,
                () -> browser.driver().findElement(By.xpath(button)).click());
    }

    @Test
    @Order(8)
    void labelAudit() {
        open("/e/chain/audit");
        eventually(
                () -> {
                    assertThat(browser.all("tbody tr")).hasSize(50);
                    assertThat(browser.all("tbody img")).isNotEmpty();
                });
        picture("audit");
    }

    @Test
    @Order(9)
    void listOfExperiments() {
        open("/");
        eventually(
                () ->
                        assertThat(browser.text("tbody"))
                                .contains("chain.late replay of chain", "live", "ended", "250"));
        browser.screenshot("chain-experiments");
    }

    @Test
    @Order(10)
    void comparisonOfTwo() {
        open("/compare?a=chain&b=chain.late");
        eventually(
                () -> {
                    assertThat(browser.text("main"))
                            .contains("Correlation of memorization: 0.9", "A from 400 trials")
                            .contains("B from 250 trials");
                    assertThat(browser.all(".chart canvas")).hasSize(3);
                });
        picture("compare");
    }

    @Test
    @Order(11)
    void figuresGrowWhileThePageIsOpen() {
        open("/e/chain/memorization");
        eventually(() -> assertThat(browser.text("main")).contains("from 400 trials"));
        chain.experiment().publishTrials(64);
        eventually(() -> assertThat(browser.text("main")).contains("from 464 trials"));
    }

    @Test
    @Order(12)
    void aJobThatRestartsIsMarkedStaleAndRecovers() throws Exception {
        open("/e/chain");
        eventually(() -> assertThat(browser.text(".headlines")).contains("from 464 trials"));
        chain.cluster().miniCluster().terminateTaskManager(0).join();
        eventually(
                () -> {
                    assertThat(browser.text("#phase")).isEqualTo("stale");
                    assertThat(browser.script("return document.body.className")).isEqualTo("stale");
                    assertThat(browser.text(".headlines")).contains("from 464 trials");
                });
        browser.screenshot("chain-stale");
        chain.cluster().miniCluster().startTaskManager();
        chain.experiment().publishTrials(64);
        eventually(
                () -> {
                    assertThat(browser.text("#phase")).isEqualTo("live");
                    assertThat(browser.script("return document.body.className")).isEqualTo("");
                    assertThat(browser.text(".headlines")).contains("from 528 trials");
                });
        picture("recovered");
    }

    @Test
    @Order(13)
    void aDashboardThatIsGoneIsSaidToBeAndIsFoundAgain() throws Exception {
        open("/e/chain");
        eventually(() -> assertThat(browser.text("#phase")).isEqualTo("live"));
        chain.closeDashboard();
        eventually(
                () -> {
                    assertThat(browser.text("#phase")).isEqualTo("disconnected");
                    assertThat(browser.text("#strip")).contains("trying again");
                });
        browser.screenshot("disconnected");
        chain.reopenDashboard();
        eventually(
                () -> {
                    assertThat(browser.text("#phase")).isEqualTo("live");
                    assertThat(browser.text("[data-fact=trials]")).contains("528");
                });
        // The browser itself logs every connection that was refused.
        assertThat(browser.complaints()).allMatch(c -> c.contains("ERR_"));
    }

    /** A screenshot; every card in it must say from how many trials its figures are. */
    private static void picture(String name) {
        browser.screenshot("chain-" + name);
        @SuppressWarnings("unchecked")
        List<String> silent =
                (List<String>)
                        browser.script(
                                "return [...document.querySelectorAll('.card')].filter(c => !/\\d trials/.test(c.innerText)).map(c => c.innerText.slice(0, 80))");
        assertThat(silent).as("cards that do not say from how many trials they are").isEmpty();
    }

    private static void open(String path) {
        browser.open(chain.url().resolve(path));
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(PATIENCE).untilAsserted(assertion);
    }
}
