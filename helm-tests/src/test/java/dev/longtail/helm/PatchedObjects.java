package dev.longtail.helm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Takes the patches that Helm makes of upgrades, which fabric8's server refuses: the object is
 * read, changed and written as a whole.
 */
final class PatchedObjects extends Dispatcher {

    private static final String STRATEGIC = "application/strategic-merge-patch+json";
    private static final int OK = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Dispatcher next;

    PatchedObjects(Dispatcher next) {
        this.next = next;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        String type = request.getHeader("Content-Type");
        if (!request.getMethod().equals("PATCH") || type == null || !type.startsWith(STRATEGIC)) {
            return next.dispatch(request);
        }
        MockResponse found = next.dispatch(as(HttpMethod.GET, request, new byte[0]));
        if (found.code() != OK) {
            return found;
        }
        try {
            ObjectNode object = (ObjectNode) JSON.readTree(found.getBody().getBytes());
            StrategicMerge.apply(object, JSON.readTree(request.getBody().getBytes()));
            return next.dispatch(as(HttpMethod.PUT, request, JSON.writeValueAsBytes(object)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RecordedRequest as(HttpMethod method, RecordedRequest request, byte[] body) {
        return new RecordedRequest(
                request.getHttpVersion(),
                method,
                request.getPath().replaceFirst("\\?.*", ""),
                request.getHeaders()
                        .newBuilder()
                        .removeAll("Content-Type")
                        .add("Content-Type", "application/json")
                        .build(),
                new Buffer(body));
    }
}
