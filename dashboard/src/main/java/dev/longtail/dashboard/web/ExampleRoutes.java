package dev.longtail.dashboard.web;

import dev.longtail.aggregator.client.StrongestInfluences;
import dev.longtail.dashboard.answers.InfluencesAnswer;
import dev.longtail.dashboard.answers.TestExampleAnswer;
import dev.longtail.dashboard.answers.TrainExampleAnswer;
import dev.longtail.dashboard.state.JobState;
import dev.longtail.dashboard.topics.ExampleStore;
import dev.longtail.schemas.Split;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** One example: its estimate over trials, its influences, its picture. */
final class ExampleRoutes {

    private static final String EXAMPLE = ExperimentRoutes.ONE + "/examples/{split}/{index}";
    private static final int MOST_INFLUENCES = 50;

    private final Answers answers;
    private final JobState state;

    ExampleRoutes(Answers answers, JobState state) {
        this.answers = answers;
        this.state = state;
    }

    void register(RoutesConfig routes) {
        routes.get(EXAMPLE, this::example);
        routes.get(EXAMPLE + "/influences", this::influences);
        routes.get(EXAMPLE + "/picture", this::picture);
    }

    /** An example as addressed. */
    private record Address(Published.Shown shown, Split split, int index) {

        static Address of(Context ctx, Published.Shown shown) {
            Parameters p = new Parameters(ctx);
            Split split = p.split();
            return new Address(shown, split, p.index(shown.snapshot().description().size(split)));
        }
    }

    private void example(Context ctx) {
        Address at = Address.of(ctx, answers.shown(ctx));
        answers.json(
                ctx,
                s ->
                        at.split() == Split.TRAIN
                                ? TrainExampleAnswer.of(
                                        s.snapshot(),
                                        s.output().examples(),
                                        s.output().history(),
                                        at.index())
                                : TestExampleAnswer.of(
                                        s.snapshot(), s.output().examples(), at.index()));
    }

    private void influences(Context ctx) {
        Address at = Address.of(ctx, answers.shown(ctx));
        int most = new Parameters(ctx).integer("most", 10, 1, MOST_INFLUENCES);
        answers.json(ctx, s -> influences(s, at, most));
    }

    private InfluencesAnswer influences(Published.Shown s, Address at, int most) {
        ExampleStore examples = s.output().examples();
        if (at.split() == Split.TEST) {
            // Published for every test example: no need to read all tiles of its column.
            return InfluencesAnswer.published(
                    s.snapshot(), examples, at.split(), at.index(), most, "");
        }
        try {
            StrongestInfluences found =
                    state.ask(s.prefix(), reader -> reader.topOfTrain(at.index(), most));
            return InfluencesAnswer.of(s.snapshot(), examples, found);
        } catch (JobState.NoAnswerException e) {
            return InfluencesAnswer.published(
                    s.snapshot(), examples, at.split(), at.index(), most, e.getMessage());
        }
    }

    private void picture(Context ctx) {
        Address at = Address.of(ctx, answers.shown(ctx));
        byte[] picture =
                at.shown()
                        .output()
                        .examples()
                        .card(at.split(), at.index())
                        .flatMap(ExampleStore.Card::picture)
                        .orElseThrow(() -> Problem.notFound("this example has no picture"));
        ctx.header("Cache-Control", "private, max-age=3600");
        ctx.contentType("image/png").result(picture);
    }
}
