package dev.longtail.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longtail.dashboard.browser.Browser;
import dev.longtail.dashboard.simulation.SimulatedExperiment;
import dev.longtail.dashboard.simulation.SimulatedJob;
import dev.longtail.dashboard.simulation.SimulatedTrials;
import dev.longtail.settings.KafkaSettings;
import dev.longtail.testing.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Experiments of the size of CIFAR-100 and of ImageNet, the latter with pairs and pictures, stay
 * usable. What was measured is written to {@code target/measurements.txt}; no test fails for being
 * slow. As many examples of each split have pictures as {@code -Dlongtail.pictures} says.
 */
class LargeExperimentITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Path MEASUREMENTS = Path.of("target", "measurements.txt");
    private static final int CIFAR = 50_000;
    private static final int IMAGENET = 1_281_167;
    private static final int IMAGENET_TEST = 50_000;
    private static final int PICTURES = Integer.getInteger("longtail.pictures", 20_000);

    @TempDir static Path dir;
    private static TestBroker broker;
    private static SimulatedJob cifar;
    private static SimulatedExperiment cifarExperiment;
    private static Dashboard dashboard;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.start(dir.resolve("broker"));
        cifarExperiment =
                new SimulatedExperiment(
                        "cifar",
                        broker.bootstrapServers(),
                        new SimulatedTrials(CIFAR, 0, 100, false, 1),
                        i -> "");
        cifarExperiment.describeWithoutExamples();
        cifar = new SimulatedJob(cifarExperiment, 4096);
        cifar.refresh(40, 60);
        SimulatedTrials again = new SimulatedTrials(CIFAR, 0, 100, false, 1);
        try (SimulatedExperiment second =
                new SimulatedExperiment("cifar-again", broker.bootstrapServers(), again, i -> "")) {
            second.describeWithoutExamples();
            again.run(3);
            new SimulatedJob(second, 4096).refresh(40, 60);
        }
        try (SimulatedExperiment imagenet =
                new SimulatedExperiment(
                        "imagenet",
                        broker.bootstrapServers(),
                        new SimulatedTrials(IMAGENET, IMAGENET_TEST, 1000, false, 2),
                        i -> "")) {
            imagenet.describeWithoutExamples();
            imagenet.publishPictures(PICTURES);
            SimulatedJob job = new SimulatedJob(imagenet, 16_384).withDrawnPairs(1000, 10);
            job.introduce("00".repeat(16));
            job.refresh(12, 60);
        }
        dashboard =
                Dashboard.start(
                        DashboardSettings.of("127.0.0.1", 0, null),
                        KafkaSettings.of(broker.bootstrapServers()));
        Files.deleteIfExists(MEASUREMENTS);
        Api api = new Api(dashboard.url());
        api.awaitAllRead("cifar", 40, -1);
        api.awaitAllRead("cifar-again", 43, -1);
        api.awaitAllRead("imagenet", 12, Math.min(PICTURES, IMAGENET_TEST) - 1);
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
        cifarExperiment.close();
        broker.close();
    }

    @Test
    void paintsAndRenewsFiftyThousandPoints() throws IOException {
        open("/compare?a=cifar&b=cifar-again");
        eventually(() -> assertThat(browser.text("main")).contains("50,000 examples; click"));
        browser.screenshot("compare-50000");
        watchFrames();
        cifar.refresh(1, 5);
        eventually(() -> assertThat(browser.text("main")).contains("A from 41 trials"));
        note("compare, 50,000 points renewed: longest frame " + longestFrame() + " ms");

        open("/e/cifar/memorization");
        eventually(() -> assertThat(browser.text("#found")).isEqualTo("50,000 examples"));
        note("memorization, 50,000 examples: " + firstPaint());
        watchFrames();
        cifar.refresh(1, 5);
        eventually(() -> assertThat(browser.text("main")).contains("from 42 trials"));
        note("memorization, 50,000 examples renewed: longest frame " + longestFrame() + " ms");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void keepsImageNetUsable() throws IOException {
        Api api = new Api(dashboard.url());
        eventually(
                () ->
                        assertThat(
                                        api.json("/api/experiments/imagenet/pairs")
                                                .path("published")
                                                .asInt())
                                .isGreaterThan(50_000));
        open("/e/imagenet/memorization");
        eventually(() -> assertThat(browser.text("#found")).matches("1,2\\d\\d,\\d{3} examples"));
        note("memorization, 1,281,167 examples: " + firstPaint());
        browser.screenshot("memorization-imagenet");
        for (String path :
                new String[] {
                    "/memorization/histogram?bins=81",
                    "/memorization?sort=c-score&limit=61",
                    "/memorization?from=0.5&offset=100000&limit=62",
                    "/scatter",
                    "/audit?limit=63",
                    "/classes",
                    "/influence?limit=20",
                    "/influence?limit=20&memorization=0.5&from=0.4&offset=5000",
                    "/influence/histogram?bins=50",
                    "/pairs?limit=64",
                    "/examples/train/17",
                    "/examples/test/17",
                    "/examples/test/17/influences?most=12",
                    "/examples/train/19999/picture"
                }) {
            long began = System.nanoTime();
            int bytes = api.get("/api/experiments/imagenet" + path).body().length;
            note(
                    "imagenet %s: %d ms, %d KB"
                            .formatted(
                                    path, (System.nanoTime() - began) / 1_000_000, bytes / 1024));
            assertThat(bytes).isLessThan(4 << 20);
        }
        open("/e/imagenet/influence");
        eventually(() -> assertThat(browser.all(".influence-row")).hasSize(20));
        note("influence, 1,281,167 x 50,000 examples: " + firstPaint());
        browser.screenshot("influence-imagenet");
        open("/e/imagenet");
        eventually(() -> assertThat(browser.all(".pair")).isNotEmpty());
        note("overview, 1,281,167 examples: " + firstPaint());
        open("/e/imagenet/audit");
        eventually(() -> assertThat(browser.all("tbody tr")).hasSize(50));
        open("/e/imagenet/classes");
        eventually(() -> assertThat(browser.all(".chart canvas")).hasSize(3));
        browser.screenshot("classes-imagenet");
        // The browser itself logs pictures that the examples beyond the pictured ones do not have.
        assertThat(browser.complaints()).allMatch(c -> c.contains("/picture") && c.contains("404"));
    }

    private static void watchFrames() {
        browser.script(
                """
                window.longestFrame = 0;
                let last = performance.now();
                (function frame() {
                  const now = performance.now();
                  window.longestFrame = Math.max(window.longestFrame, now - last);
                  last = now;
                  requestAnimationFrame(frame);
                })();
                """);
    }

    private static long longestFrame() {
        return ((Number) browser.script("return Math.round(window.longestFrame)")).longValue();
    }

    private static String firstPaint() {
        eventually(
                () ->
                        assertThat(
                                        browser.script(
                                                "return performance.getEntriesByName('figures-shown').length"))
                                .isEqualTo(1L));
        return "first paint after %s ms, figures after %s ms"
                .formatted(milestone("first-contentful-paint"), milestone("figures-shown"));
    }

    private static Object milestone(String name) {
        return browser.script(
                "return Math.round(performance.getEntriesByName(arguments[0])[0].startTime)", name);
    }

    private static void note(String measured) throws IOException {
        Files.writeString(
                MEASUREMENTS,
                measured + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private static void open(String path) {
        browser.open(dashboard.url().resolve(path));
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(PATIENCE).untilAsserted(assertion);
    }
}
