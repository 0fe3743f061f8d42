package dev.longtail.dashboard.web;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Map;
import java.util.TreeMap;

/**
 * An error as the client gets it: {@code application/problem+json}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
final class Problem extends RuntimeException {

    static final String CONTENT_TYPE = "application/problem+json";

    private final HttpStatus status;

    private Problem(HttpStatus status, String detail) {
        super(detail);
        this.status = status;
    }

    static Problem badRequest(String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, detail);
    }

    static Problem notFound(String detail) {
        return new Problem(HttpStatus.NOT_FOUND, detail);
    }

    static Problem conflict(String detail) {
        return new Problem(HttpStatus.CONFLICT, detail);
    }

    static Problem unavailable(String detail) {
        return new Problem(HttpStatus.SERVICE_UNAVAILABLE, detail);
    }

    static Problem unauthorized() {
        return new Problem(
                HttpStatus.UNAUTHORIZED,
                "expected 'Authorization: Bearer <token>' with the token in the file of --dashboard-token-file");
    }

    static Problem misdirected(String host) {
        return new Problem(
                HttpStatus.FORBIDDEN,
                "expected a loopback name in 'Host', found '"
                        + host
                        + "'; to be reached by other names the server must be bound to them (--dashboard-host)");
    }

    void answer(Context ctx) {
        answer(ctx, status, getMessage());
    }

    static void answer(Context ctx, HttpStatus status, String detail) {
        if (status == HttpStatus.UNAUTHORIZED) {
            ctx.header("WWW-Authenticate", "Bearer");
        }
        if (status == HttpStatus.SERVICE_UNAVAILABLE) {
            ctx.header("Retry-After", "5");
        }
        ctx.status(status)
                .result(body(status.getCode(), detail, ctx.path()))
                .contentType(CONTENT_TYPE);
    }

    /** The JSON of a problem. */
    static byte[] body(int status, String detail, String path) {
        Map<String, Object> body = new TreeMap<>();
        body.put("type", "about:blank");
        body.put("title", HttpStatus.forStatus(status).getMessage());
        body.put("status", status);
        body.put("detail", detail);
        body.put("instance", path);
        return Json.bytes(body);
    }
}
