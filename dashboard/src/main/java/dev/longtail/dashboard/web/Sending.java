package dev.longtail.dashboard.web;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.ee10.servlet.HttpOutput;
import org.eclipse.jetty.util.Callback;

/**
 * Sends answers without a thread that waits for the client: a few clients that ask for much and
 * read nothing would otherwise hold all threads. Nor are answers copied for them, but for what is
 * compressed here because it is small.
 */
final class Sending {

    /** A packet: compressing less gains nothing. */
    private static final int LEAST_COMPRESSED_BYTES = 1500;

    /** Larger answers are compressed once for all who ask, see {@link Answers}. */
    private static final int MOST_COMPRESSED_BYTES = 64 * 1024;

    private final LargeAnswers large;

    Sending(LargeAnswers large) {
        this.large = large;
    }

    /** Sends the result of a request, whichever route or error made it. */
    void result(Context ctx) throws IOException {
        InputStream found = ctx.resultInputStream();
        if (found == null) {
            return;
        }
        long bytes = found.available();
        if (!large.begin(bytes)) {
            Problem.answer(
                    ctx,
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "too many large answers are under way to clients that read slowly");
            bytes = 0;
        }
        InputStream body = compressed(ctx);
        if (body instanceof ByteArrayInputStream whole) {
            ctx.res().setContentLength(whole.available());
        }
        HttpOutput out = (HttpOutput) ctx.res().getOutputStream();
        long begun = bytes;
        ctx.future(
                () -> {
                    CompletableFuture<Void> sent = new CompletableFuture<>();
                    // Where sending fails the client has gone: nobody is left to be told.
                    out.sendContent(
                            body,
                            Callback.from(() -> sent.complete(null), e -> sent.complete(null)));
                    return sent.whenComplete((nothing, failure) -> large.end(begun));
                });
    }

    private static InputStream compressed(Context ctx) throws IOException {
        InputStream body = ctx.resultInputStream();
        if (body.available() > MOST_COMPRESSED_BYTES
                || !isWorthCompressing(ctx, body.available())
                || !acceptsGzip(ctx)) {
            return body;
        }
        ctx.header("Content-Encoding", "gzip");
        return new ByteArrayInputStream(gzip(body.readAllBytes()));
    }

    /** Whether an answer of this size and the type that is set gains by compression. */
    static boolean isWorthCompressing(Context ctx, int bytes) {
        String type = ctx.res().getContentType();
        boolean isWorth =
                bytes >= LEAST_COMPRESSED_BYTES
                        && !ctx.res().containsHeader("Content-Encoding")
                        && type != null
                        && (type.startsWith("image/svg")
                                || !type.startsWith("image/")
                                        && !type.startsWith("application/zip"));
        if (isWorth) {
            ctx.header("Vary", "Accept-Encoding");
        }
        return isWorth;
    }

    static boolean acceptsGzip(Context ctx) {
        String accepted = ctx.header("Accept-Encoding");
        return accepted != null && accepted.contains("gzip");
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot compress in memory", e);
        }
        return compressed.toByteArray();
    }
}
