package dev.longtail.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longtail.dashboard.browser.Browser;
import dev.longtail.dashboard.simulation.SimulatedSite;
import dev.longtail.dashboard.simulation.SimulatedTrials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** What a person sees of a dashboard with a token, and what the page may not do. */
class TokenITCase {

    private static final String TOKEN = "correct-horse-battery";

    @Test
    void asksOnceThenRemembers(@TempDir Path dir) throws Exception {
        Path file = Files.writeString(dir.resolve("token"), TOKEN + "\n");
        try (Browser browser = Browser.start(dir.resolve("profile"));
                SimulatedSite site =
                        SimulatedSite.start(
                                dir,
                                "digits",
                                new SimulatedTrials(100, 40, 3, true, 7),
                                i -> "train-" + i)) {
            site.job().refresh(60, 5);
            site.open(DashboardSettings.of("127.0.0.1", 0, null).withTokenFile(file));

            browser.open(site.url().resolve("/e/digits"));
            eventually(() -> assertThat(browser.text("main")).contains("asks for a token"));
            assertThat(browser.accessibilityViolations()).isEmpty();
            browser.screenshot("token");
            enter(browser, "wrong");
            eventually(() -> assertThat(browser.text(".problem")).isNotEmpty());
            assertThat(browser.all(".headlines")).isEmpty();

            enter(browser, TOKEN);
            eventually(() -> assertThat(browser.text(".headlines")).contains("from 60 trials"));
            eventually(() -> assertThat(browser.text("#phase")).isEqualTo("live"));
            assertThat(browser.driver().getCurrentUrl()).endsWith("/e/digits");

            assertThat(browser.script("return document.cookie")).isEqualTo("");
            assertThat(cookies(browser)).hasSize(1).allSatisfy(TokenITCase::isOutOfReach);
            browser.open(site.url().resolve("/e/digits/audit"));
            eventually(() -> assertThat(browser.all("tbody tr")).hasSizeGreaterThan(10));

            mayNothingThatIsNotItsOwn(browser);
        }
    }

    /** The browser's cookies; WebDriver itself shows only those that the page's path gets. */
    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> cookies(Browser browser) {
        return (List<Map<String, Object>>)
                browser.driver().executeCdpCommand("Storage.getCookies", Map.of()).get("cookies");
    }

    private static void isOutOfReach(Map<String, Object> cookie) {
        assertThat(cookie).containsEntry("httpOnly", true).containsEntry("sameSite", "Strict");
        assertThat(cookie.get("value").toString()).doesNotContain(TOKEN);
    }

    private static void enter(Browser browser, String token) {
        browser.driver().findElement(By.name("token")).clear();
        browser.driver().findElement(By.name("token")).sendKeys(token, Keys.ENTER);
    }

    /** The content security policy, as the browser applies it. */
    private static void mayNothingThatIsNotItsOwn(Browser browser) {
        browser.script(
                """
                const inline = document.createElement('script');
                inline.textContent = "document.title = 'owned'";
                document.body.append(inline);
                document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="document.title=1"><p id="styled" style="color: rgb(1, 2, 3)">');
                """);
        assertThat(
                        browser.driver()
                                .executeAsyncScript(
                                        """
                                        const done = arguments[0];
                                        fetch('http://127.0.0.1:1/').then(() => done('asked'), () => done('refused'));
                                        """))
                .isEqualTo("refused");
        eventually(
                () ->
                        assertThat(String.join("\n", browser.complaints()))
                                .contains("Content Security Policy"));
        assertThat(browser.driver().getTitle()).endsWith("· Longtail");
        assertThat(
                        browser.script(
                                "return getComputedStyle(document.getElementById('styled')).color"))
                .isNotEqualTo("rgb(1, 2, 3)");
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(120)).untilAsserted(assertion);
    }
}
