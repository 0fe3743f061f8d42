package dev.longtail.dashboard.web;

import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.ee10.servlet.ServletContextResponse;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Server-sent events to one viewer. At most one event is under way at a time, and no thread waits
 * for it: a viewer who does not read holds a connection and nothing else, until the server's idle
 * timeout ends it.
 */
final class EventStream {

    private final Response response;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final AtomicBoolean underWay = new AtomicBoolean();

    private EventStream(Response response) {
        this.response = response;
    }

    /** Answers a request with a stream that stays open until it is closed or the viewer leaves. */
    static EventStream answer(Context ctx) {
        ctx.status(200)
                .contentType("text/event-stream; charset=utf-8")
                .header("Connection", "close")
                .header("Cache-Control", "no-store")
                // Or nginx would collect events before it passes them on.
                .header("X-Accel-Buffering", "no");
        EventStream stream =
                new EventStream(ServletContextResponse.getServletContextResponse(ctx.res()));
        ctx.future(() -> stream.closed);
        return stream;
    }

    /** An event as it goes over the wire; the data is one line. */
    static byte[] event(String name, String data) {
        return ("event: " + name + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Sends an event, unless the one before is still under way: then the viewer misses it. */
    void offer(byte[] event) {
        send(event, () -> underWay.set(false));
    }

    /** Sends an event and closes the stream. */
    void end(byte[] event) {
        send(event, this::close);
    }

    private void send(byte[] event, Runnable sent) {
        if (!closed.isDone() && underWay.compareAndSet(false, true)) {
            response.write(false, ByteBuffer.wrap(event), Callback.from(sent, failure -> close()));
        }
    }

    void onClose(Runnable action) {
        closed.whenComplete((nothing, failure) -> action.run());
    }

    void close() {
        closed.complete(null);
    }
}
