package dev.longtail.dashboard.web;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Refuses what no route asks for before anything is made of it: bodies, and other protocols.
 *
 * <p>A WebSocket request would not pass the checks that stand before the routes, and would get a
 * session that nobody ends.
 */
final class Guard extends Handler.Wrapper {

    private static final String WEB_SOCKET = "Sec-WebSocket-Version";

    private final long mostBodyBytes;

    Guard(long mostBodyBytes) {
        this.mostBodyBytes = mostBodyBytes;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getHeaders().contains(WEB_SOCKET)) {
            Response.writeError(
                    request, response, callback, HttpStatus.NOT_FOUND_404, "no WebSocket here");
            return true;
        }
        // A body of unknown length is never read: the connection is closed after the answer.
        if (request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) > mostBodyBytes) {
            Response.writeError(
                    request,
                    response,
                    callback,
                    HttpStatus.PAYLOAD_TOO_LARGE_413,
                    "expected a body of at most " + mostBodyBytes + " bytes");
            return true;
        }
        return super.handle(request, response, callback);
    }
}
