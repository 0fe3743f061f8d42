package dev.longtail.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * Asks for one list again and again over one connection, with as little work as can be: the
 * processors are those of the system under test, too.
 */
final class ListReader {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI list;
    private final boolean compressed;
    private byte[] last = {};

    /**
     * An answer.
     *
     * @param repeated whether it is, byte by byte, the list that was answered before
     * @param body as it came
     */
    record Answer(int status, String type, boolean repeated, byte[] body) {}

    /**
     * Asks nothing yet.
     *
     * @param compressed whether to ask as a browser does, which takes answers compressed
     */
    ListReader(URI list, boolean compressed) {
        this.list = list;
        this.compressed = compressed;
    }

    /**
     * Asks once.
     *
     * @throws IOException when nobody answers
     */
    Answer ask() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) list.toURL().openConnection();
        connection.setConnectTimeout((int) TIMEOUT.toMillis());
        connection.setReadTimeout((int) TIMEOUT.toMillis());
        if (compressed) {
            connection.setRequestProperty("Accept-Encoding", "gzip");
        }
        int status = connection.getResponseCode();
        try (InputStream in =
                status < HttpURLConnection.HTTP_BAD_REQUEST
                        ? connection.getInputStream()
                        : connection.getErrorStream()) {
            byte[] body = in.readAllBytes();
            boolean repeated = status == HttpURLConnection.HTTP_OK && Arrays.equals(body, last);
            if (status == HttpURLConnection.HTTP_OK) {
                last = body;
            }
            return new Answer(status, connection.getContentType(), repeated, body);
        }
    }

    /** The list that an answer with status 200 holds. */
    JsonNode parse(Answer answer) throws IOException {
        InputStream in = new ByteArrayInputStream(answer.body());
        try (InputStream json = compressed ? new GZIPInputStream(in) : in) {
            return JSON.readTree(json);
        }
    }
}
