package dev.longtail.dashboard.web;

import dev.longtail.dashboard.answers.ConvergenceSeriesAnswer;
import dev.longtail.dashboard.answers.ExamplePage;
import dev.longtail.dashboard.answers.ExampleSort;
import dev.longtail.dashboard.answers.ExperimentAnswer;
import dev.longtail.dashboard.answers.Histogram;
import dev.longtail.dashboard.answers.PairPage;
import dev.longtail.dashboard.answers.Status;
import dev.longtail.dashboard.topics.FollowedOutput;
import dev.longtail.schemas.Split;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.function.Function;

/** The JSON interface of experiments, examples and pairs. */
final class ExperimentRoutes {

    static final String EXPERIMENTS = "/api/experiments";
    private static final String ONE = EXPERIMENTS + "/{output}";
    private static final int MOST_ROWS = 500;
    private static final int MOST_BINS = 400;
    private static final int MOST_POINTS = 2_000;

    private final Published published;

    ExperimentRoutes(Published published) {
        this.published = published;
    }

    void register(RoutesConfig routes) {
        routes.get(EXPERIMENTS, ctx -> json(ctx, Json.bytes(list())));
        routes.get(ONE, this::experiment);
        routes.get(ONE + "/status", ctx -> json(ctx, Json.bytes(published.status(shown(ctx)))));
        routes.get(ONE + "/convergence", this::convergence);
        routes.get(ONE + "/memorization/histogram", this::histogram);
        routes.get(ONE + "/memorization", this::examples);
        routes.get(ONE + "/influence", this::pairs);
        routes.get(ONE + "/examples/{split}/{index}/picture", this::picture);
    }

    /** State of all outputs, by name. */
    List<Status> list() {
        return published.outputs().stream()
                .map(FollowedOutput::topics)
                .flatMap(topics -> published.find(topics.output()).stream())
                .map(published::status)
                .toList();
    }

    private void experiment(Context ctx) {
        cached(
                ctx,
                s ->
                        ExperimentAnswer.of(
                                s.snapshot(), s.prefix(), s.output().examples().hasPictures()));
    }

    private void convergence(Context ctx) {
        int points = new Parameters(ctx).integer("points", 400, 2, MOST_POINTS);
        cached(ctx, s -> ConvergenceSeriesAnswer.of(s.snapshot().convergence(), points));
    }

    private void histogram(Context ctx) {
        Parameters p = new Parameters(ctx);
        int bins = p.integer("bins", 80, 2, MOST_BINS);
        Integer label = p.integerOrNull("class", 0, Integer.MAX_VALUE);
        cached(ctx, s -> Histogram.of(s.snapshot(), bins, label));
    }

    private void examples(Context ctx) {
        ExamplePage.Query query = exampleQuery(new Parameters(ctx));
        cached(ctx, s -> ExamplePage.of(s.snapshot(), s.output().examples(), query));
    }

    private static ExamplePage.Query exampleQuery(Parameters p) {
        return new ExamplePage.Query(
                p.number("from", -1, -1, 1),
                p.number("to", 1, -1, 1),
                p.integerOrNull("class", 0, Integer.MAX_VALUE),
                p.choice("sort", ExampleSort.class, ExampleSort.MEMORIZATION),
                p.flag("descending", true),
                p.integer("offset", 0, 0, Integer.MAX_VALUE),
                p.integer("limit", 60, 1, MOST_ROWS));
    }

    private void pairs(Context ctx) {
        Parameters p = new Parameters(ctx);
        PairPage.Query query =
                new PairPage.Query(
                        p.number("memorization", -1, -1, 1),
                        p.number("from", -1, -1, 1),
                        p.number("to", 1, -1, 1),
                        p.flag("confirmed", false),
                        p.integerOrNull("class", 0, Integer.MAX_VALUE),
                        p.integer("offset", 0, 0, Integer.MAX_VALUE),
                        p.integer("limit", 60, 1, MOST_ROWS));
        cached(ctx, s -> PairPage.of(s.snapshot(), query));
    }

    private void picture(Context ctx) {
        Published.Shown shown = shown(ctx);
        Parameters p = new Parameters(ctx);
        Split split = p.split();
        int index = p.index(shown.snapshot().description().size(split));
        byte[] picture =
                shown.output()
                        .examples()
                        .card(split, index)
                        .flatMap(card -> card.picture())
                        .orElseThrow(() -> Problem.notFound("this example has no picture"));
        ctx.header("Cache-Control", "private, max-age=3600");
        ctx.contentType("image/png").result(picture);
    }

    private Published.Shown shown(Context ctx) {
        return published.show(ctx.pathParam("output"));
    }

    private void cached(Context ctx, Function<Published.Shown, Object> computation) {
        String request = ctx.path() + "?" + ctx.queryString();
        json(ctx, published.answer(shown(ctx), request, computation));
    }

    private static void json(Context ctx, byte[] body) {
        ctx.contentType("application/json").result(body);
    }
}
