package dev.longtail.dashboard.web;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.ee10.servlet.HttpOutput;
import org.eclipse.jetty.util.Callback;

/**
 * Sends answers without a thread that waits for the client: a few clients that ask for much and
 * read nothing would otherwise hold all threads.
 */
final class Sending {

    /** A packet: compressing less gains nothing. */
    private static final int LEAST_COMPRESSED_BYTES = 1500;

    private Sending() {}

    /** Sends the result of a request, whichever route or error made it. */
    static void result(Context ctx) throws IOException {
        InputStream result = ctx.resultInputStream();
        if (result == null) {
            return;
        }
        byte[] body = encoded(ctx, result.readAllBytes());
        ctx.res().setContentLength(body.length);
        HttpOutput out = (HttpOutput) ctx.res().getOutputStream();
        ctx.future(
                () -> {
                    CompletableFuture<Void> sent = new CompletableFuture<>();
                    // Where sending fails the client has gone: nobody is left to be told.
                    out.sendContent(
                            ByteBuffer.wrap(body),
                            Callback.from(() -> sent.complete(null), e -> sent.complete(null)));
                    return sent;
                });
    }

    private static byte[] encoded(Context ctx, byte[] body) {
        if (ctx.res().containsHeader("Content-Encoding")
                || !compresses(ctx, ctx.res().getContentType(), body)) {
            return body;
        }
        ctx.header("Content-Encoding", "gzip");
        return gzip(body);
    }

    /** Whether an answer goes to this client compressed; where others get it plain, it says so. */
    static boolean compresses(Context ctx, String type, byte[] body) {
        if (body.length < LEAST_COMPRESSED_BYTES || !isCompressible(type)) {
            return false;
        }
        ctx.header("Vary", "Accept-Encoding");
        return acceptsGzip(ctx);
    }

    static boolean acceptsGzip(Context ctx) {
        String accepted = ctx.header("Accept-Encoding");
        return accepted != null && accepted.contains("gzip");
    }

    private static boolean isCompressible(String type) {
        return type != null
                && (type.startsWith("image/svg")
                        || !type.startsWith("image/") && !type.startsWith("application/zip"));
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
