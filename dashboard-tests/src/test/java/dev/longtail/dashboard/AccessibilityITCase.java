package dev.longtail.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longtail.dashboard.browser.Browser;
import dev.longtail.dashboard.simulation.SimulatedSite;
import dev.longtail.dashboard.simulation.SimulatedTrials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/** Every view by keyboard, in light and dark, on a narrow screen, without motion. */
class AccessibilityITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int PHONE = 390;

    /** Elements that a keyboard must reach, by what stays the same when figures are renewed. */
    private static final String REACHABLE =
            """
            const reachable = [...document.querySelectorAll('a[href], button:not([disabled]), input, select, [role=region][tabindex]')]
              .filter(e => e.checkVisibility() && e.tabIndex >= 0);
            const kind = e => [e.localName, e.getAttribute('href'), e.getAttribute('aria-label'),
              e.localName === 'button' ? e.textContent : ''].join(' ');
            const name = e => kind(e) + ' ' + reachable.filter(other => kind(other) === kind(e)).indexOf(e);
            """;

    private static final String ALL = REACHABLE + "return reachable.map(name);";

    /** Notes from now on what is focused, and whether that can be seen. */
    private static final String WATCH_FOCUS =
            """
            document.activeElement.blur();
            window.scrollTo(0, 0);
            window.focused = [];
            window.unmarked = [];
            if (!window.watchesFocus) {
              window.watchesFocus = true;
              document.addEventListener('focusin', event => {
            """
                    + REACHABLE
                    + """
                const at = event.target;
                if (reachable.includes(at)) {
                  window.focused.push(name(at));
                  if (getComputedStyle(at).outlineStyle === 'none') window.unmarked.push(name(at));
                }
              });
            }
            """;

    private static final List<String> BEATS = List.of("beat-even", "beat-odd");

    /** Keys that are pressed before the page is asked. */
    private static final int KEYS_AT_ONCE = 20;

    @TempDir static Path dir;
    private static SimulatedSite site;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start(dir.resolve("profile"));
        site =
                SimulatedSite.start(
                        dir,
                        "digits",
                        new SimulatedTrials(600, 300, 10, true, 7),
                        i -> "train-" + i);
        site.withAnother("digits-wide", new SimulatedTrials(600, 300, 10, true, 7));
        site.job().refresh(200, 30);
        site.job().refresh(200, 30);
        site.open();
        Api api = new Api(site.url());
        api.awaitAllRead("digits", 400, 299);
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

    @AfterEach
    void asBefore() {
        browser.ownWidth();
        browser.prefer("prefers-color-scheme", "light");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/e/digits",
                "/e/digits/convergence",
                "/e/digits/memorization",
                "/e/digits/influence",
                "/e/digits/classes",
                "/e/digits/audit",
                "/e/digits/train/17",
                "/e/digits/test/4",
                "/compare?a=digits&b=digits-wide",
                "/e/nothing"
            })
    void everyViewIsForEverybody(String view) {
        showIn("dark", view);
        assertThat(browser.colourViolations()).as(view + " in dark").isEmpty();
        showIn("light", view);
        assertThat(browser.accessibilityViolations()).as(view + " in light").isEmpty();
        reachesEverythingByTab(view);
        browser.width(PHONE);
        show(view);
        assertThat(browser.script("return document.documentElement.scrollWidth"))
                .as("width of %s on a screen of %d pixels", view, PHONE)
                .isEqualTo((long) PHONE);
        assertThat(browser.accessibilityViolations()).as(view + " on a phone").isEmpty();
        browser.screenshot("phone" + view.replaceAll("[^a-z0-9]+", "-"));
    }

    private static void showIn(String scheme, String view) {
        browser.prefer("prefers-color-scheme", scheme);
        show(view);
        assertThat(browser.script("return getComputedStyle(document.documentElement).colorScheme"))
                .isEqualTo(scheme);
    }

    /** While figures are renewed: whoever tabs through must not be thrown back by it. */
    private static void reachesEverythingByTab(String view) {
        List<?> wanted = (List<?>) browser.script(ALL);
        browser.script(WATCH_FOCUS);
        pressTab(wanted.size() + 20);
        assertThat(browser.script("return window.unmarked"))
                .as("focused without a visible mark in " + view)
                .isEqualTo(List.of());
        assertThat((List<?>) browser.script("return window.focused"))
                .as("reached by Tab in " + view)
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsAll(wanted);
    }

    private static void pressTab(int times) {
        for (int pressed = 0; pressed < times; pressed += KEYS_AT_ONCE) {
            int keys = Math.min(KEYS_AT_ONCE, times - pressed);
            new Actions(browser.driver()).sendKeys(Keys.TAB.toString().repeat(keys)).perform();
        }
    }

    @Test
    void tabsThroughInTheOrderOfThePage() {
        show("/e/digits/influence");
        browser.script(WATCH_FOCUS);
        pressTab(12);
        List<?> order = (List<?>) browser.script(ALL);
        assertThat((List<?>) browser.script("return window.focused"))
                .hasSizeGreaterThan(8)
                .extracting(order::indexOf)
                .doesNotContain(-1)
                .isSorted();
    }

    @Test
    void thresholdsAndPagesAreChangedByKeys() {
        show("/e/digits/influence");
        Object before = browser.text(".headlines .how-much");
        browser.script("document.querySelectorAll('input[type=range]')[1].focus()");
        new Actions(browser.driver()).sendKeys(Keys.END).perform();
        eventually(
                () -> {
                    assertThat(browser.driver().getCurrentUrl()).contains("from=1");
                    assertThat(browser.text(".headlines .how-much")).isNotEqualTo(before);
                });
        show("/e/digits/memorization");
        browser.script("document.querySelector('[aria-label=\"Next page\"]').focus()");
        new Actions(browser.driver()).sendKeys(Keys.ENTER).perform();
        eventually(() -> assertThat(browser.text("main")).contains("61 to 120 of 600"));
    }

    /** Newer figures come while somebody is at work: what they are on stays, and stays focused. */
    @ParameterizedTest
    @CsvSource({
        "/, a[href='/e/digits']",
        "/e/digits, .pair a",
        "/e/digits/memorization, [aria-label='Next page']",
        "/e/digits/memorization, .gallery a",
        "/e/digits/influence, a[href*='pairs.csv']",
        "/e/digits/audit, th[aria-sort=descending] button",
        "/e/digits/test/4, .two-lists a"
    })
    void newerFiguresTakeNoFocusAway(String view, String focused) {
        show(view);
        eventually(() -> assertThat(browser.all(focused)).isNotEmpty());
        browser.script(
                "window.held = document.querySelector(arguments[0]); window.held.focus()", focused);
        site.job().refresh(10, 30);
        String trials = String.valueOf(site.trials().trials());
        eventually(() -> assertThat(browser.text("main")).contains(trials));
        assertThat(browser.script("return document.activeElement === window.held"))
                .as("focus on %s in %s", focused, view)
                .isEqualTo(true);
    }

    @Test
    void nothingMovesForThoseWhoPreferNoMotion() {
        show("/e/digits");
        assertThat(animation()).isIn(BEATS);
        browser.prefer("prefers-reduced-motion", "reduce");
        assertThat(animation()).isEqualTo("none");
    }

    @Test
    void thePhaseBeatsOnceWhenNewerFiguresArrive() {
        show("/e/digits");
        // By counting: figures that come in two steps beat twice, and have the first name again.
        browser.script(
                "window.beats = 0; document.addEventListener('animationstart', () => window.beats++)");
        site.job().refresh(10, 30);
        eventually(() -> assertThat((Long) browser.script("return window.beats")).isPositive());
        eventually(
                () ->
                        assertThat(browser.script("return document.getAnimations().length"))
                                .isEqualTo(0L));
    }

    private static Object animation() {
        return browser.script(
                "return getComputedStyle(document.querySelector('.phase'), '::before').animationName");
    }

    /** Opens a view and waits for its figures. */
    private static void show(String view) {
        browser.open(site.url().resolve(view));
        if (!view.contains("nothing")) {
            eventually(
                    () ->
                            assertThat(
                                            browser.script(
                                                    "return performance.getEntriesByName('figures-shown').length > 0 || document.querySelectorAll('tbody tr').length > 1"))
                                    .isEqualTo(true));
        }
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(PATIENCE).untilAsserted(assertion);
    }
}
