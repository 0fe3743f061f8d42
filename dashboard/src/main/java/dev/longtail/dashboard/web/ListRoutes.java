package dev.longtail.dashboard.web;

import dev.longtail.dashboard.answers.AuditAnswer;
import dev.longtail.dashboard.answers.ExamplePage;
import dev.longtail.dashboard.answers.ExampleSort;
import dev.longtail.dashboard.answers.Histogram;
import dev.longtail.dashboard.answers.InfluenceHistogram;
import dev.longtail.dashboard.answers.InfluencePage;
import dev.longtail.dashboard.answers.PairPage;
import dev.longtail.dashboard.answers.PairQuery;
import dev.longtail.dashboard.answers.Points;
import dev.longtail.dashboard.downloads.Downloads;
import dev.longtail.dashboard.model.Memorization;
import dev.longtail.dashboard.topics.ExampleStore;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** Lists and distributions of examples and pairs, on screen and as files. */
final class ListRoutes {

    private static final String ONE = ExperimentRoutes.ONE;
    private static final int MOST_ROWS = 500;
    private static final int MOST_BINS = 400;
    private static final String CSV = "text/csv; charset=utf-8";
    private static final String NPZ = "application/zip";

    /** Longer lists are downloaded without names: each name may be a read from Kafka. */
    private static final int MOST_NAMES = 20_000;

    private final Answers answers;

    ListRoutes(Answers answers) {
        this.answers = answers;
    }

    void register(RoutesConfig routes) {
        routes.get(ONE + "/memorization", this::examples);
        routes.get(ONE + "/memorization/histogram", this::histogram);
        routes.get(ONE + "/memorization.csv", this::examplesCsv);
        routes.get(ONE + "/memorization.npz", this::examplesNpz);
        routes.get(ONE + "/scatter", this::scatter);
        routes.get(ONE + "/audit", this::audit);
        routes.get(ONE + "/influence", this::influence);
        routes.get(ONE + "/influence/histogram", this::influenceHistogram);
        routes.get(ONE + "/pairs", this::pairs);
        routes.get(ONE + "/pairs.csv", this::pairsCsv);
        routes.get(ONE + "/pairs.npz", this::pairsNpz);
    }

    private void examples(Context ctx) {
        ExamplePage.Query query = exampleQuery(ctx, ExampleSort.MEMORIZATION);
        answers.json(ctx, s -> ExamplePage.of(s.snapshot(), s.output().examples(), query));
    }

    private void histogram(Context ctx) {
        Parameters p = new Parameters(ctx);
        int bins = p.integer("bins", 80, 2, MOST_BINS);
        Integer label = p.integerOrNull("class", 0, Integer.MAX_VALUE);
        answers.json(ctx, s -> Histogram.of(s.snapshot(), bins, label));
    }

    private void examplesCsv(Context ctx) {
        ExamplePage.Query query = exampleQuery(ctx, ExampleSort.MEMORIZATION);
        answers.file(
                ctx,
                "memorization.csv",
                CSV,
                s -> {
                    int[] selected = query.select(s.snapshot());
                    ExampleStore names =
                            selected.length <= MOST_NAMES ? s.output().examples() : null;
                    return Downloads.examplesCsv(s.snapshot(), names, selected);
                });
    }

    private void examplesNpz(Context ctx) {
        ExamplePage.Query query = exampleQuery(ctx, ExampleSort.INDEX);
        answers.file(ctx, "memorization.npz", NPZ, s -> Downloads.examplesNpz(s.snapshot(), query));
    }

    private void scatter(Context ctx) {
        answers.bytes(
                ctx,
                "application/octet-stream",
                s -> {
                    Memorization m = s.snapshot().memorization().get();
                    return Points.of(
                            m.size(), m::value, m::largestInfluence, m.trials(), m.trials());
                });
    }

    private void audit(Context ctx) {
        ExamplePage.Query query = exampleQuery(ctx, ExampleSort.SUSPICION);
        answers.json(ctx, s -> AuditAnswer.of(s.snapshot(), s.output().examples(), query));
    }

    private void influence(Context ctx) {
        Parameters p = new Parameters(ctx);
        PairQuery query = pairQuery(p);
        int offset = p.integer("offset", 0, 0, Integer.MAX_VALUE);
        int limit = p.integer("limit", 20, 1, MOST_ROWS);
        answers.json(
                ctx,
                s -> InfluencePage.of(s.snapshot(), s.output().examples(), query, offset, limit));
    }

    private void influenceHistogram(Context ctx) {
        Parameters p = new Parameters(ctx);
        PairQuery query = pairQuery(p);
        int bins = p.integer("bins", 40, 2, MOST_BINS);
        answers.json(ctx, s -> InfluenceHistogram.of(s.snapshot(), query, bins));
    }

    private void pairs(Context ctx) {
        Parameters p = new Parameters(ctx);
        PairQuery query = pairQuery(p);
        int offset = p.integer("offset", 0, 0, Integer.MAX_VALUE);
        int limit = p.integer("limit", 60, 1, MOST_ROWS);
        answers.json(
                ctx, s -> PairPage.of(s.snapshot(), s.output().examples(), query, offset, limit));
    }

    private void pairsCsv(Context ctx) {
        PairQuery query = pairQuery(new Parameters(ctx));
        answers.file(ctx, "pairs.csv", CSV, s -> Downloads.pairsCsv(s.snapshot(), query));
    }

    private void pairsNpz(Context ctx) {
        PairQuery query = pairQuery(new Parameters(ctx));
        answers.file(ctx, "pairs.npz", NPZ, s -> Downloads.pairsNpz(s.snapshot(), query));
    }

    private static ExamplePage.Query exampleQuery(Context ctx, ExampleSort fallback) {
        Parameters p = new Parameters(ctx);
        return new ExamplePage.Query(
                p.number("from", -1, -1, 1),
                p.number("to", 1, -1, 1),
                p.integerOrNull("class", 0, Integer.MAX_VALUE),
                p.choice("sort", ExampleSort.class, fallback),
                p.flag("descending", fallback != ExampleSort.INDEX),
                p.integer("offset", 0, 0, Integer.MAX_VALUE),
                p.integer("limit", 60, 1, MOST_ROWS));
    }

    private static PairQuery pairQuery(Parameters p) {
        return new PairQuery(
                p.number("memorization", -1, -1, 1),
                p.number("from", -1, -1, 1),
                p.number("to", 1, -1, 1),
                p.flag("confirmed", false),
                p.integerOrNull("class", 0, Integer.MAX_VALUE));
    }
}
