package dev.longtail.dashboard.browser;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Headless Chromium with a fresh profile. Screenshots go to {@code target/screenshots}. */
public final class Browser implements AutoCloseable {

    private static final File CHROMIUM = new File("/usr/bin/chromium");
    private static final File DRIVER = new File("/usr/bin/chromedriver");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final String AXE = axe();

    private static final int NARROW_HEIGHT = 844;
    private static final int MOST_HEIGHT = 4000;

    private final ChromeDriver driver;
    private int narrow;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /**
     * Starts the browser; skips the test where none is installed.
     *
     * @param profile an empty directory
     */
    public static Browser start(Path profile) {
        assumeTrue(
                CHROMIUM.canExecute() && DRIVER.canExecute(),
                "skipped: no browser; install Debian's chromium and chromium-driver to test the page");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM);
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--user-data-dir=" + profile.toAbsolutePath());
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service =
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER)
                        .usingAnyFreePort()
                        .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().window().setSize(new Dimension(1440, 1100));
        driver.manage().timeouts().scriptTimeout(PATIENCE).pageLoadTimeout(PATIENCE);
        return new Browser(driver);
    }

    /** Opens an address. */
    public void open(URI address) {
        driver.get(address.toString());
    }

    /** The driver, for what this class has no word for. */
    public ChromeDriver driver() {
        return driver;
    }

    /** All elements that match a CSS selector. */
    public List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** Text of the first element that matches; empty where none does. */
    public String text(String selector) {
        return (String)
                script(
                        "const e = document.querySelector(arguments[0]); return e ? e.textContent : ''",
                        selector);
    }

    /** Runs a script in the page. */
    public Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Errors and warnings the page has logged so far, content security violations among them. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Makes the page believe that it is on a screen of this width, for the tests that follow. */
    public void width(int pixels) {
        screen(pixels, NARROW_HEIGHT);
        narrow = pixels;
    }

    private void screen(int width, long height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Ends {@link #width}. */
    public void ownWidth() {
        driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        narrow = 0;
    }

    /** Makes the page believe in a preference, for example prefers-color-scheme: dark. */
    public void prefer(String feature, String value) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", feature, "value", value))));
    }

    /**
     * Saves what a click or the like offers for saving.
     *
     * @param into a directory that holds no file of this name
     */
    public Path download(Path into, String name, Runnable click) {
        driver.executeCdpCommand(
                "Browser.setDownloadBehavior",
                Map.of("behavior", "allow", "downloadPath", into.toAbsolutePath().toString()));
        click.run();
        Path file = into.resolve(name);
        // Until it is whole, Chromium writes to a file of another name.
        await().atMost(PATIENCE).until(() -> Files.exists(file));
        return file;
    }

    /**
     * What axe-core finds wrong with the page by WCAG 2.2, levels A and AA.
     *
     * @return one line per element: rule, selector, what is wrong
     */
    public List<String> accessibilityViolations() {
        return violations("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");
    }

    /**
     * Those of the rules of axe-core that depend on colours: what another colour scheme can break.
     */
    public List<String> colourViolations() {
        return violations("color-contrast", "link-in-text-block");
    }

    @SuppressWarnings("unchecked")
    private List<String> violations(String... only) {
        driver.executeScript(AXE);
        return (List<String>)
                driver.executeAsyncScript(
                        """
                        const done = arguments[arguments.length - 1];
                        axe.run(document, { runOnly: arguments[0], resultTypes: ['violations'] })
                          .then(found => done(!found.passes.length ? ['axe has checked nothing'] : found.violations.flatMap(v => v.nodes.map(n => `${v.id} ${n.target}: ${n.failureSummary}`))), e => done([String(e)]));
                        """,
                        List.of(only));
    }

    private static String axe() {
        try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Drags over a plot from one share of its width to another, at the height of its middle.
     *
     * @param plot position among the plots of the page
     */
    public void drag(int plot, double from, double to) {
        // Before the plot is painted, nothing listens.
        await().atMost(PATIENCE)
                .until(
                        () ->
                                Boolean.TRUE.equals(
                                        script(
                                                "return document.querySelectorAll('.chart')[arguments[0]]?.querySelector('canvas') != null",
                                                plot)));
        WebElement chart = all(".chart").get(plot);
        int width = chart.getSize().getWidth();
        new Actions(driver)
                .moveToElement(chart, (int) (width * (from - 0.5)), 0)
                .clickAndHold()
                .moveToElement(chart, (int) (width * (to - 0.5)), 0)
                .release()
                .perform();
    }

    /** Saves what is on screen, the whole page long. */
    public void screenshot(String name) {
        long height = ((Number) script("return document.documentElement.scrollHeight")).longValue();
        Dimension before = driver.manage().window().getSize();
        long shown = Math.min(MOST_HEIGHT, Math.max(height + 140, before.getHeight()));
        if (narrow > 0) {
            screen(narrow, Math.min(MOST_HEIGHT, height));
        } else {
            driver.manage().window().setSize(new Dimension(before.getWidth(), (int) shown));
        }
        driver.executeAsyncScript(
                "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 150)))");
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(
                    SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (narrow > 0) {
            screen(narrow, NARROW_HEIGHT);
        } else {
            driver.manage().window().setSize(before);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
