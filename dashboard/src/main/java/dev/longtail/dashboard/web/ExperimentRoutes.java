package dev.longtail.dashboard.web;

import dev.longtail.dashboard.answers.Advice;
import dev.longtail.dashboard.answers.ClassInfluenceAnswer;
import dev.longtail.dashboard.answers.ClassesAnswer;
import dev.longtail.dashboard.answers.Comparison;
import dev.longtail.dashboard.answers.ConvergenceSeriesAnswer;
import dev.longtail.dashboard.answers.ExperimentAnswer;
import dev.longtail.dashboard.answers.Points;
import dev.longtail.dashboard.answers.RejectedAnswer;
import dev.longtail.dashboard.answers.Status;
import dev.longtail.dashboard.model.Memorization;
import dev.longtail.dashboard.state.ClassInfluenceSurvey;
import dev.longtail.dashboard.topics.FollowedOutput;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;

/** Experiments as a whole: what they are, how they are, their classes, and two of them compared. */
final class ExperimentRoutes {

    static final String EXPERIMENTS = "/api/experiments";
    static final String ONE = EXPERIMENTS + "/{output}";
    private static final int MOST_CLASSES = 100;
    private static final int MOST_POINTS = 2_000;

    private final Published published;
    private final Answers answers;
    private final ClassInfluenceSurvey survey;

    ExperimentRoutes(Published published, Answers answers, ClassInfluenceSurvey survey) {
        this.published = published;
        this.answers = answers;
        this.survey = survey;
    }

    void register(RoutesConfig routes) {
        routes.get(EXPERIMENTS, ctx -> Answers.fresh(ctx, list()));
        routes.get(ONE, this::experiment);
        routes.get(ONE + "/status", ctx -> Answers.fresh(ctx, status(ctx)));
        routes.get(
                ONE + "/rejected", ctx -> answers.json(ctx, s -> RejectedAnswer.of(s.snapshot())));
        routes.get(ONE + "/convergence", this::convergence);
        routes.get(ONE + "/advice", this::advice);
        routes.get(ONE + "/classes", this::classes);
        routes.get(ONE + "/classes/influence", this::classInfluence);
        routes.get("/api/compare", this::compare);
        routes.get("/api/compare/points", this::comparePoints);
    }

    /** State of all outputs, by name. */
    List<Status> list() {
        return published.outputs().stream()
                .map(FollowedOutput::topics)
                .flatMap(topics -> published.find(topics.output()).stream())
                .map(published::status)
                .toList();
    }

    private Status status(Context ctx) {
        return published.status(answers.shown(ctx));
    }

    private void experiment(Context ctx) {
        Published.Shown s = answers.shown(ctx);
        Answers.fresh(
                ctx,
                ExperimentAnswer.of(s.snapshot(), s.prefix(), s.output().examples().hasPictures()));
    }

    private void convergence(Context ctx) {
        int points = new Parameters(ctx).integer("points", 400, 2, MOST_POINTS);
        answers.json(ctx, s -> ConvergenceSeriesAnswer.of(s.snapshot().convergence(), points));
    }

    private void advice(Context ctx) {
        Parameters p = new Parameters(ctx);
        double error = p.number("error", 0.01, 1e-4, 1);
        double share = p.number("share", 0.95, 0.01, 1);
        answers.json(ctx, s -> Advice.of(s.snapshot(), error, share));
    }

    private void classes(Context ctx) {
        answers.json(
                ctx,
                s -> {
                    requireLabels(s);
                    return ClassesAnswer.of(s.snapshot(), MOST_CLASSES);
                });
    }

    private void classInfluence(Context ctx) {
        Published.Shown s = answers.shown(ctx);
        requireLabels(s);
        Answers.fresh(
                ctx,
                ClassInfluenceAnswer.of(
                        survey.look(s.prefix(), s.snapshot().description()),
                        s.snapshot(),
                        MOST_CLASSES));
    }

    private static void requireLabels(Published.Shown s) {
        if (!s.snapshot().description().hasLabels()) {
            throw Problem.notFound(
                    "the experiment '%s' states no labels, so it has no classes"
                            .formatted(s.prefix()));
        }
    }

    private void compare(Context ctx) {
        Pair pair = pair(ctx);
        byte[] body =
                published.answer(
                        pair.a(),
                        pair.request(ctx),
                        a -> Json.bytes(Comparison.of(a.snapshot(), pair.b().snapshot())));
        ctx.contentType("application/json").result(body);
    }

    private void comparePoints(Context ctx) {
        Pair pair = pair(ctx);
        Memorization b = pair.b().snapshot().memorization().get();
        byte[] body =
                published.answer(
                        pair.a(),
                        pair.request(ctx),
                        shown -> {
                            Memorization a = shown.snapshot().memorization().get();
                            return Points.of(a.size(), a::value, b::value, a.trials(), b.trials());
                        });
        ctx.contentType("application/octet-stream").result(body);
    }

    private Pair pair(Context ctx) {
        Parameters p = new Parameters(ctx);
        Published.Shown a = published.show(p.text("a"));
        Published.Shown b = published.show(p.text("b"));
        int sizeA = a.snapshot().description().experiment().getTrainSize();
        int sizeB = b.snapshot().description().experiment().getTrainSize();
        if (sizeA != sizeB) {
            throw Problem.conflict(
                    "expected two experiments on the same training examples, found %d and %d of them"
                            .formatted(sizeA, sizeB));
        }
        return new Pair(a, b);
    }

    /** Two experiments; the answer about them is as new as the newer of both snapshots. */
    private record Pair(Published.Shown a, Published.Shown b) {

        String request(Context ctx) {
            return ctx.path()
                    + "?"
                    + ctx.queryString()
                    + "#"
                    + b.since()
                    + "/"
                    + b.snapshot().version();
        }
    }
}
