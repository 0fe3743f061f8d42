package dev.longtail.helm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.kubernetes.client.proto.Meta.ObjectMeta;
import io.kubernetes.client.proto.Runtime.Unknown;
import io.kubernetes.client.proto.V1.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Helm keeps its releases in Secrets that it writes in Kubernetes' binary form and lists by their
 * own kind; fabric8's server does neither. This translates. All other objects come as JSON.
 */
final class ReleaseSecrets extends Dispatcher {

    private static final String BINARY = "application/vnd.kubernetes.protobuf";

    /** "k8s" and a zero byte, before the envelope. */
    private static final int MAGIC_BYTES = 4;

    private static final String UNTYPED_LIST = "{\"apiVersion\":\"v1\",\"kind\":\"List\"";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Dispatcher next;

    ReleaseSecrets(Dispatcher next) {
        this.next = next;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        boolean binary = BINARY.equals(request.getHeader("Content-Type"));
        boolean written = request.getMethod().equals("POST") || request.getMethod().equals("PUT");
        RecordedRequest understood =
                binary && written
                        ? new RecordedRequest(
                                request.getHttpVersion(),
                                request.method(),
                                request.getPath(),
                                request.getHeaders(),
                                new Buffer(json(request.getBody().getBytes())))
                        : request;
        MockResponse response = next.dispatch(understood);
        if (request.getPath().contains("/secrets?") && response.getBody() != null) {
            String body = new String(response.getBody().getBytes(), StandardCharsets.UTF_8);
            if (body.startsWith(UNTYPED_LIST)) {
                response.setBody(body.replaceFirst("\"List\"", "\"SecretList\""));
            }
        }
        // Otherwise Helm takes the answer for the form that it sent.
        return response.setHeader("Content-Type", "application/json");
    }

    private static byte[] json(byte[] body) {
        try {
            Unknown envelope =
                    Unknown.parseFrom(Arrays.copyOfRange(body, MAGIC_BYTES, body.length));
            if (!envelope.getTypeMeta().getKind().equals("Secret")) {
                throw new AssertionError("a binary " + envelope.getTypeMeta().getKind());
            }
            Secret secret = Secret.parseFrom(envelope.getRaw());
            ObjectNode object = JSON.createObjectNode();
            object.put("apiVersion", "v1").put("kind", "Secret").put("type", secret.getType());
            object.set("metadata", metadata(secret.getMetadata()));
            ObjectNode data = object.putObject("data");
            secret.getDataMap().forEach((key, value) -> data.put(key, value.toByteArray()));
            return JSON.writeValueAsBytes(object);
        } catch (InvalidProtocolBufferException
                | com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError("not a Secret in Kubernetes' binary form", e);
        }
    }

    private static ObjectNode metadata(ObjectMeta meta) {
        ObjectNode metadata = JSON.createObjectNode();
        metadata.put("name", meta.getName()).put("namespace", meta.getNamespace());
        metadata.set("labels", JSON.valueToTree(meta.getLabelsMap()));
        return metadata;
    }
}
