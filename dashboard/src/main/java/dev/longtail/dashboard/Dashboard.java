package dev.longtail.dashboard;

import dev.longtail.dashboard.flink.FlinkRest;
import dev.longtail.dashboard.flink.JobMonitor;
import dev.longtail.dashboard.state.ClassInfluenceSurvey;
import dev.longtail.dashboard.state.JobState;
import dev.longtail.dashboard.topics.ExperimentCatalog;
import dev.longtail.dashboard.web.WebServer;
import dev.longtail.schemas.JobDescription;
import dev.longtail.settings.KafkaSettings;
import java.net.URI;
import java.util.Set;
import java.util.stream.Collectors;

/** The dashboard: follows topics and jobs and serves the page, from start to close. */
public final class Dashboard implements AutoCloseable {

    private final DashboardSettings settings;
    private final ExperimentCatalog catalog;
    private final JobMonitor jobs;
    private final JobState state;
    private final ClassInfluenceSurvey survey;
    private final WebServer server;

    private Dashboard(DashboardSettings settings, KafkaSettings kafka) {
        this.settings = settings;
        this.catalog = new ExperimentCatalog(kafka.clientProperties(), settings.pictureBytes());
        this.jobs = new JobMonitor(settings.flinkRest().map(FlinkRest::new), this::jobIds);
        this.state = new JobState(kafka.clientProperties());
        this.survey = new ClassInfluenceSurvey(state);
        this.server = new WebServer(settings, catalog, jobs, state, survey);
    }

    /**
     * Starts a dashboard; back when it listens. Experiments appear as their topics are read.
     *
     * @throws java.io.UncheckedIOException when a file named by the settings cannot be read
     * @throws io.javalin.util.JavalinBindException when the port is taken
     */
    public static Dashboard start(DashboardSettings settings, KafkaSettings kafka) {
        Dashboard dashboard = new Dashboard(settings, kafka);
        try {
            dashboard.server.start();
        } catch (RuntimeException e) {
            dashboard.close();
            throw e;
        }
        dashboard.catalog.start();
        dashboard.jobs.start();
        return dashboard;
    }

    /** Where the page is. */
    public URI url() {
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        return URI.create("http://" + host + ":" + server.port() + "/");
    }

    @Override
    public void close() {
        server.close();
        survey.close();
        state.close();
        jobs.close();
        catalog.close();
    }

    private Set<String> jobIds() {
        return catalog.outputs().stream()
                .flatMap(output -> output.snapshot().job().stream())
                .map(JobDescription::getJobId)
                .collect(Collectors.toSet());
    }
}
