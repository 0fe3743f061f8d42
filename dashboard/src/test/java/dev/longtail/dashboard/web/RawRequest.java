package dev.longtail.dashboard.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Requests sent byte by byte as they stand, as no HTTP client would send them. */
final class RawRequest {

    /** A window that an answer of a few kilobytes fills, so that the server's writing stalls. */
    private static final int SMALL_WINDOW = 2048;

    private static final int PATIENCE_MILLIS = 60_000;

    private RawRequest() {}

    /**
     * An answer.
     *
     * @param status 0 where the server closed the connection without one
     * @param headers by name in lower case
     */
    record Answer(int status, Map<String, String> headers, String body) {}

    /** Sends bytes and reads until the server closes the connection. */
    static Answer exchange(int port, String request) throws IOException {
        try (Socket socket = connect(port, false)) {
            send(socket, request);
            return parse(readAll(socket));
        }
    }

    /** A GET request of a path, after which the server closes the connection. */
    static String get(String path, String... headers) {
        return head("GET", path, headers);
    }

    static String head(String method, String path, String... headers) {
        return method
                + " "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n")
                + "\r\n";
    }

    /** A connection whose client does not read: what it was sent fills it up. */
    static Socket sleeper(int port, String request) throws IOException {
        Socket socket = connect(port, true);
        send(socket, request);
        return socket;
    }

    static Socket connect(int port, boolean smallWindow) throws IOException {
        Socket socket = new Socket();
        if (smallWindow) {
            socket.setReceiveBufferSize(SMALL_WINDOW);
        }
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** What comes until the end; a reset after an answer is an end too. */
    private static byte[] readAll(Socket socket) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        InputStream in = socket.getInputStream();
        try {
            for (int count; (count = in.read(buffer)) >= 0; ) {
                read.write(buffer, 0, count);
            }
        } catch (java.net.SocketException reset) {
            return read.toByteArray();
        }
        return read.toByteArray();
    }

    private static Answer parse(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.isEmpty()) {
            return new Answer(0, Map.of(), "");
        }
        int end = text.indexOf("\r\n\r\n");
        String[] lines = text.substring(0, end).split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (int at = 1; at < lines.length; at++) {
            int colon = lines[at].indexOf(':');
            headers.put(
                    lines[at].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[at].substring(colon + 1).strip());
        }
        return new Answer(
                Integer.parseInt(lines[0].split(" ")[1]), headers, text.substring(end + 4));
    }
}
