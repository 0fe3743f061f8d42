package dev.longtail.dashboard.web;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * What keeps the server safe: strict headers on every answer, no answer to foreign host names on
 * loopback (against DNS rebinding), and, where a token is set, no data without it.
 *
 * <p>Pictures and event streams cannot carry a header in a browser, so the page trades the token
 * for a session cookie that scripts cannot read.
 */
final class Protection {

    private static final String SESSION = "longtail-session";
    private static final int SESSION_BYTES = 32;

    /** All code, style and data from this server; no inline script or style, no framing. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self';"
                    + " manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** On every answer, whatever its status. */
    static final Map<String, String> HEADERS =
            Map.of(
                    "Content-Security-Policy", CONTENT_SECURITY_POLICY,
                    "X-Content-Type-Options", "nosniff",
                    "Referrer-Policy", "no-referrer",
                    "Cross-Origin-Opener-Policy", "same-origin",
                    "Cross-Origin-Resource-Policy", "same-origin",
                    "Permissions-Policy", "camera=(), microphone=(), geolocation=()");

    private final boolean onLoopback;
    private final Optional<String> token;
    private final String session;

    Protection(String host, Optional<String> token) {
        this.onLoopback = isLoopback(host);
        this.token = token;
        byte[] random = new byte[SESSION_BYTES];
        new SecureRandom().nextBytes(random);
        this.session = HexFormat.of().formatHex(random);
    }

    void addHeaders(Context ctx) {
        HEADERS.forEach(ctx::header);
        if (ctx.path().startsWith("/api/")) {
            ctx.header("Cache-Control", "no-store");
        }
    }

    /**
     * @throws Problem 403 when the request was sent to a name that is not this machine's
     */
    void checkHost(Context ctx) {
        String host = ctx.host();
        if (onLoopback && (host == null || !isLoopbackName(host))) {
            throw Problem.misdirected(host);
        }
    }

    /**
     * @throws Problem 401 when a token is set and the request carries neither it nor a session
     */
    void checkAccess(Context ctx) {
        if (token.isPresent() && !hasToken(ctx) && !hasSession(ctx)) {
            throw Problem.unauthorized();
        }
    }

    /** Trades the token for a session cookie. */
    void openSession(Context ctx) {
        if (token.isPresent() && !hasToken(ctx)) {
            throw Problem.unauthorized();
        }
        Cookie cookie = new Cookie(SESSION, session);
        cookie.setPath("/api");
        cookie.setHttpOnly(true);
        cookie.setSameSite(SameSite.STRICT);
        ctx.cookie(cookie).status(204);
    }

    private boolean hasToken(Context ctx) {
        String header = ctx.header("Authorization");
        return header != null && same(header, "Bearer " + token.orElseThrow());
    }

    private boolean hasSession(Context ctx) {
        String cookie = ctx.cookie(SESSION);
        return cookie != null && same(cookie, session);
    }

    /** Compares in a time that does not tell how much is right. */
    private static boolean same(String found, String expected) {
        return MessageDigest.isEqual(
                found.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isLoopbackName(String hostHeader) {
        String name = hostHeader.replaceFirst(":\\d+$", "");
        return name.equals("localhost") || name.equals("[::1]") || name.matches("127(\\.\\d+){3}");
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
