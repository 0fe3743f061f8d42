package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Helm's own lint, strict, with the values of every mode as the chart's: it takes no value files.
 */
class ChartLintTest {

    private static final YAMLMapper YAML = new YAMLMapper();

    @TempDir Path copy;

    static Stream<Path> modes() {
        return Chart.modes().stream();
    }

    @ParameterizedTest
    @MethodSource("modes")
    void passesTheStrictLint(Path mode) throws IOException {
        ChartCopy.copy(copy, UnaryOperator.identity());
        ObjectNode values = (ObjectNode) YAML.readTree(copy.resolve("values.yaml").toFile());
        merge(values, YAML.readTree(mode.toFile()));
        YAML.writeValue(copy.resolve("values.yaml").toFile(), values);

        LintResult result = new Helm(copy).lint().strict().call();

        assertThat(result.getMessages())
                .as("Helm's messages")
                .isSubsetOf("[INFO] Chart.yaml: icon is recommended");
        assertThat(result.isFailed()).isFalse();
    }

    private static void merge(ObjectNode into, JsonNode from) {
        from.properties()
                .forEach(
                        entry -> {
                            if (entry.getValue().isObject()
                                    && into.get(entry.getKey()) instanceof ObjectNode inner) {
                                merge(inner, entry.getValue());
                            } else {
                                into.set(entry.getKey(), entry.getValue());
                            }
                        });
    }
}
