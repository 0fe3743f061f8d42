package dev.longtail.dashboard.web;

import dev.longtail.dashboard.DashboardSettings;
import dev.longtail.dashboard.flink.JobMonitor;
import dev.longtail.dashboard.state.ClassInfluenceSurvey;
import dev.longtail.dashboard.state.JobState;
import dev.longtail.dashboard.topics.ExperimentCatalog;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server of the dashboard. */
public final class WebServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final int MOST_THREADS = 32;
    private static final int CONNECTIONS_PER_VIEWER = 6;
    private static final long MOST_REQUEST_BYTES = 16 * 1024;
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(20);

    private static final String ALL_EXPERIMENTS = "";

    private final DashboardSettings settings;
    private final Published published;
    private final ExperimentRoutes experiments;
    private final ListRoutes lists;
    private final ExampleRoutes examples;
    private final QueryRoutes queries;
    private final LiveEvents live;
    private final SlowRequests slow = new SlowRequests(LONGEST_REQUEST);
    private final Javalin server;

    /**
     * @throws java.io.UncheckedIOException when the token file cannot be read
     */
    public WebServer(
            DashboardSettings settings,
            ExperimentCatalog catalog,
            JobMonitor jobs,
            JobState state,
            ClassInfluenceSurvey survey) {
        this.settings = settings;
        this.published = new Published(catalog, jobs, settings.refresh());
        Answers answers = new Answers(published);
        this.experiments = new ExperimentRoutes(published, answers, survey);
        this.lists = new ListRoutes(answers);
        this.examples = new ExampleRoutes(answers, state);
        this.queries = new QueryRoutes(answers, state);
        this.live = new LiveEvents(settings.mostViewers(), settings.refresh(), this::state);
        Protection protection = new Protection(settings.host(), settings.token());
        this.server = Javalin.create(config -> configure(config, protection));
    }

    /** Listens; back when it does. */
    public void start() {
        server.start(settings.host(), settings.port());
        live.start();
        slow.watch(server.jettyServer().server());
    }

    /** The port it listens on, also where the settings said 0. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        slow.close();
        live.close();
        server.stop();
    }

    /** All routes as {@code METHOD path}. */
    List<String> routes() {
        return server.unsafe.internalRouter.allHttpHandlers().stream()
                .map(handler -> handler.endpoint.method.name() + " " + handler.endpoint.path)
                .toList();
    }

    private void configure(JavalinConfig config, Protection protection) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.maxRequestSize = MOST_REQUEST_BYTES;
        config.http.prefer405over404 = true;
        config.jetty.threadPool = new QueuedThreadPool(MOST_THREADS);
        config.jetty.modifyServer(this::protect);
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
        config.routes.before(
                ctx -> {
                    protection.addHeaders(ctx);
                    protection.checkHost(ctx);
                });
        config.routes.before(
                "/api/*",
                ctx -> {
                    if (!ctx.path().equals("/api/session")) {
                        protection.checkAccess(ctx);
                    }
                });
        config.routes.post("/api/session", protection::openSession);
        config.routes.get(
                "/api/events",
                ctx ->
                        live.view(
                                Optional.ofNullable(ctx.queryParam("output"))
                                        .orElse(ALL_EXPERIMENTS),
                                ctx));
        config.routes.after(Sending::result);
        experiments.register(config.routes);
        lists.register(config.routes);
        examples.register(config.routes);
        queries.register(config.routes);
        new PageFiles().register(config);
        answerProblems(config);
    }

    /** What stands before the routes. */
    private void protect(Server jetty) {
        jetty.setErrorHandler(new ServerErrors());
        jetty.insertHandler(new Guard(MOST_REQUEST_BYTES));
        jetty.addBean(
                new NetworkConnectionLimit(CONNECTIONS_PER_VIEWER * settings.mostViewers(), jetty));
    }

    private static void answerProblems(JavalinConfig config) {
        config.routes.exception(Problem.class, (problem, ctx) -> problem.answer(ctx));
        config.routes.exception(
                MethodNotAllowedResponse.class,
                (e, ctx) -> {
                    String allowed = String.join(", ", e.getDetails().values());
                    ctx.header("Allow", allowed);
                    Problem.answer(
                            ctx,
                            HttpStatus.METHOD_NOT_ALLOWED,
                            "expected " + allowed + ", found " + ctx.method());
                });
        config.routes.exception(
                HttpResponseException.class,
                (e, ctx) ->
                        Problem.answer(
                                ctx,
                                HttpStatus.forStatus(e.getStatus()),
                                e.getStatus() == HttpStatus.NOT_FOUND.getCode()
                                        ? "there is nothing at this address"
                                        : e.getMessage()));
        config.routes.exception(
                Exception.class,
                (e, ctx) -> {
                    LOG.error("{} {} failed", ctx.method(), ctx.path(), e);
                    Problem.answer(
                            ctx,
                            HttpStatus.INTERNAL_SERVER_ERROR,
                            "an error in the dashboard; its log says more");
                });
    }

    private byte[] state(String channel) {
        if (channel.equals(ALL_EXPERIMENTS)) {
            return Json.bytes(
                    Map.of(
                            "kafkaConnected",
                            published.kafkaConnected(),
                            "experiments",
                            experiments.list()));
        }
        return published
                .find(channel)
                .map(shown -> Json.bytes(published.status(shown)))
                .orElse(null);
    }
}
