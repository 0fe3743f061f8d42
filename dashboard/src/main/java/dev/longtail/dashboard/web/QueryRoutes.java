package dev.longtail.dashboard.web;

import dev.longtail.aggregator.command.EstimateQuestion;
import dev.longtail.dashboard.state.JobState;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/**
 * The questions of {@code longtail query --url}, put to the job's state in place of the command and
 * answered as it would answer itself, for programs or, where {@code text/plain} is asked for, for
 * people.
 */
final class QueryRoutes {

    private static final String QUERY = ExperimentRoutes.ONE + "/query";
    private static final int MOST_INFLUENCES = 500;
    private static final String TEXT = "text/plain";

    private final Answers answers;
    private final JobState state;

    QueryRoutes(Answers answers, JobState state) {
        this.answers = answers;
        this.state = state;
    }

    void register(RoutesConfig routes) {
        routes.get(
                QUERY + "/mem",
                ctx -> answer(ctx, new EstimateQuestion.Memorization(index(ctx, "train"))));
        routes.get(
                QUERY + "/influence",
                ctx ->
                        answer(
                                ctx,
                                new EstimateQuestion.Influence(
                                        index(ctx, "train"), index(ctx, "test"))));
        routes.get(QUERY + "/top", ctx -> answer(ctx, top(ctx)));
    }

    private static EstimateQuestion top(Context ctx) {
        Parameters p = new Parameters(ctx);
        int most = p.integer("most", 10, 1, MOST_INFLUENCES);
        boolean ofTrain = ctx.queryParam("train") != null;
        if (ofTrain == (ctx.queryParam("test") != null)) {
            throw Problem.badRequest("expected 'train' or 'test', one of them");
        }
        return ofTrain
                ? new EstimateQuestion.TopOfTrain(index(ctx, "train"), most)
                : new EstimateQuestion.TopOfTest(index(ctx, "test"), most);
    }

    private static int index(Context ctx, String name) {
        Parameters p = new Parameters(ctx);
        p.text(name);
        return p.integer(name, 0, 0, Integer.MAX_VALUE);
    }

    private void answer(Context ctx, EstimateQuestion question) {
        String output = answers.shown(ctx).prefix();
        String accepted = ctx.header("Accept");
        boolean text = accepted != null && accepted.startsWith(TEXT);
        try {
            String answer =
                    state.ask(
                            output, reader -> text ? question.text(reader) : question.json(reader));
            ctx.contentType((text ? TEXT : "application/json") + "; charset=utf-8").result(answer);
        } catch (JobState.NoAnswerException e) {
            throw e.isTemporary()
                    ? Problem.unavailable(e.getMessage())
                    : Problem.notFound(e.getMessage());
        }
    }
}
