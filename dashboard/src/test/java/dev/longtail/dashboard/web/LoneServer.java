package dev.longtail.dashboard.web;

import dev.longtail.dashboard.DashboardSettings;
import dev.longtail.dashboard.flink.JobMonitor;
import dev.longtail.dashboard.state.ClassInfluenceSurvey;
import dev.longtail.dashboard.state.JobState;
import dev.longtail.dashboard.topics.ExperimentCatalog;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/** The dashboard's server with no Kafka to follow: it has its page and knows no experiment. */
final class LoneServer implements AutoCloseable {

    private final ExperimentCatalog catalog;
    private final JobMonitor jobs = new JobMonitor(Optional.empty(), Set::of);
    private final JobState state;
    private final ClassInfluenceSurvey survey;
    private final WebServer server;

    private LoneServer(DashboardSettings settings) {
        Properties nowhere = new Properties();
        nowhere.put("bootstrap.servers", "127.0.0.1:1");
        catalog = new ExperimentCatalog(nowhere, 0);
        state = new JobState(nowhere);
        survey = new ClassInfluenceSurvey(state);
        server = new WebServer(settings, catalog, jobs, state, survey);
    }

    static LoneServer start(DashboardSettings settings) {
        LoneServer lone = new LoneServer(settings);
        lone.server.start();
        return lone;
    }

    /** A server that does not listen, for its routes. */
    static LoneServer stopped() {
        return new LoneServer(DashboardSettings.of("127.0.0.1", 0, null));
    }

    WebServer server() {
        return server;
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
        survey.close();
        state.close();
        jobs.close();
        catalog.close();
    }
}
