package dev.longtail.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class OpenApiTest {

    @Test
    void describesExactlyTheRoutesThereAre() throws Exception {
        assertThat(documented()).containsExactlyInAnyOrderElementsOf(registered());
    }

    private static List<String> documented() throws Exception {
        try (InputStream in =
                OpenApiTest.class.getResourceAsStream(
                        "/dev/longtail/dashboard/page/openapi.json")) {
            JsonNode paths = new ObjectMapper().readTree(in).path("paths");
            List<String> routes = new ArrayList<>();
            paths.properties()
                    .forEach(
                            path ->
                                    path.getValue()
                                            .fieldNames()
                                            .forEachRemaining(
                                                    method ->
                                                            routes.add(
                                                                    method.toUpperCase(Locale.ROOT)
                                                                            + " "
                                                                            + path.getKey())));
            return routes;
        }
    }

    private static List<String> registered() {
        try (LoneServer lone = LoneServer.stopped()) {
            return lone.server().routes().stream()
                    .filter(route -> route.contains(" /api/"))
                    .filter(route -> !route.startsWith("BEFORE"))
                    .filter(route -> !route.startsWith("AFTER"))
                    .toList();
        }
    }
}
