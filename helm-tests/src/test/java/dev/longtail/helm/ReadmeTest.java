package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The table in helm/README.md says what values.yaml says. After a change to the values {@code mvn
 * test -pl helm-tests -am -Dtest=ReadmeTest -Dhelm.readme=write} writes it anew.
 */
class ReadmeTest {

    private static final String BEGIN = "<!-- values: made from values.yaml -->\n";
    private static final String END = "<!-- end of values -->\n";
    private static final Path README = Chart.DIRECTORY.resolve("README.md");

    @Test
    void theTableIsThatOfTheValues() throws IOException {
        String readme = Files.readString(README);
        String expected =
                readme.substring(0, readme.indexOf(BEGIN) + BEGIN.length())
                        + ValuesTable.of(Chart.DIRECTORY.resolve("values.yaml")).markdown()
                        + readme.substring(readme.indexOf(END));
        if ("write".equals(System.getProperty("helm.readme"))) {
            Files.writeString(README, expected);
        }

        assertThat(Files.readString(README)).isEqualTo(expected);
    }

    @Test
    void everyValueIsExplained() {
        assertThat(ValuesTable.of(Chart.DIRECTORY.resolve("values.yaml")).undocumented()).isEmpty();
    }
}
