package dev.longtail.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longtail.dashboard.DashboardSettings;
import dev.longtail.dashboard.flink.JobMonitor;
import dev.longtail.dashboard.state.ClassInfluenceSurvey;
import dev.longtail.dashboard.state.JobState;
import dev.longtail.dashboard.topics.ExperimentCatalog;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
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
        Properties nowhere = new Properties();
        nowhere.put("bootstrap.servers", "127.0.0.1:1");
        try (ExperimentCatalog catalog = new ExperimentCatalog(nowhere, 0);
                JobMonitor jobs = new JobMonitor(Optional.empty(), Set::of);
                JobState state = new JobState(nowhere);
                ClassInfluenceSurvey survey = new ClassInfluenceSurvey(state)) {
            WebServer server =
                    new WebServer(
                            DashboardSettings.of("127.0.0.1", 0, null),
                            catalog,
                            jobs,
                            state,
                            survey);
            return server.routes().stream()
                    .filter(route -> route.contains(" /api/"))
                    .filter(route -> !route.startsWith("BEFORE"))
                    .toList();
        }
    }
}
