package dev.longtail.dashboard.web;

import dev.longtail.dashboard.answers.NearDuplicates;
import io.javalin.http.Context;
import java.util.function.Function;

/** How routes answer: from the snapshot that is shown, computed once for all who ask the same. */
final class Answers {

    /** Says of every answer with figures whether trials that did not converge are left out. */
    private static final String CONVERGED_ONLY = "Longtail-Converged-Only";

    private final Published published;

    Answers(Published published) {
        this.published = published;
    }

    /**
     * What is shown of the output in the request's path.
     *
     * @throws Problem 404 where there is no such output
     */
    Published.Shown shown(Context ctx) {
        return published.show(ctx.pathParam("output"));
    }

    /** Answers with JSON. */
    void json(Context ctx, Function<Published.Shown, Object> computation) {
        bytes(ctx, "application/json", shown -> Json.bytes(computation.apply(shown)));
    }

    /** Answers with bytes. */
    void bytes(Context ctx, String type, Function<Published.Shown, byte[]> computation) {
        Published.Shown shown = shown(ctx);
        // Once it is known which pictures are near-duplicates, answers without it are of no use.
        boolean marked = NearDuplicates.isMeasured(shown.output().examples());
        String request = ctx.path() + "?" + ctx.queryString() + (marked ? "#marked" : "");
        byte[] body = published.answer(shown, request, computation);
        ctx.header(CONVERGED_ONLY, String.valueOf(shown.snapshot().convergedOnly()));
        ctx.contentType(type);
        if (Sending.compresses(ctx, type, body)) {
            // Once for all browsers: compressing takes longer than all else of a repeated answer.
            byte[] small = published.answer(shown, request + "#gzip", s -> Sending.gzip(body));
            ctx.header("Content-Encoding", "gzip").result(small);
        } else {
            ctx.result(body);
        }
    }

    /** Answers with a file to save. */
    void file(
            Context ctx, String name, String type, Function<Published.Shown, byte[]> computation) {
        String full = shown(ctx).prefix() + "-" + name;
        ctx.header("Content-Disposition", "attachment; filename=\"" + full + "\"");
        bytes(ctx, type, computation);
    }

    /** Answers with JSON that is not shared, for what changes without a new snapshot. */
    static void fresh(Context ctx, Object answer) {
        ctx.contentType("application/json").result(Json.bytes(answer));
    }
}
