package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rendered object is one that Kubernetes, or the resource's own definition, would take. */
class StrictValidationTest {

    static Stream<Path> modes() {
        return Chart.modes().stream();
    }

    @ParameterizedTest
    @MethodSource("modes")
    void kubernetesUnderstandsEveryField(Path values) {
        assertThat(Chart.render(values).objects())
                .filteredOn(KubernetesModel::knows)
                .isNotEmpty()
                .allSatisfy(
                        object ->
                                assertThat(KubernetesModel.problems(object))
                                        .as(Manifests.title(object))
                                        .isEmpty());
    }

    @ParameterizedTest
    @MethodSource("modes")
    void definitionsOfCustomResourcesAreKept(Path values) {
        assertThat(Chart.render(values).objects())
                .filteredOn(object -> !KubernetesModel.knows(object))
                .allSatisfy(
                        object ->
                                assertThat(CustomResources.problems(object))
                                        .as(Manifests.title(object))
                                        .isEmpty());
    }

    /** The check itself: each of these mistakes is one that a careless template makes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'spec':{'replica':1}}                                     | replica",
                "{'spec':{'selector':{},'template':{},'replicas':'2'}}      | replicas",
                "{'spec':{'template':{}}}                                   | selector",
                "{'spec':{'selector':{},'template':{'spec':{'containers':[{'name':'a','resources':{'limits':{'memory':'4Gb'}}}]}}}} | suffix",
                "{'spec':{'selector':{},'template':{'spec':{'containers':[{'name':'a','env':[{'name':'A','value':3}]}]}}}} | value",
                "{'spec':{'selector':{},'template':{'spec':{'containers':[{'name':'a','securityContext':{'privileged':'no'}}]}}}} | privileged",
            })
    void findsMistakes(String object, String named) throws Exception {
        JsonNode deployment = new ObjectMapper().readTree(object.replace('\'', '"'));

        assertThat(KubernetesModel.problems(deployment, "Deployment"))
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem).contains(named));
    }

    @Test
    void noModeIsForgotten() {
        assertThat(Chart.modes()).hasSizeGreaterThanOrEqualTo(6);
    }
}
