package dev.longtail.helm;

import java.net.URI;
import java.util.Map;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.TransientApiMetadata;
import org.jclouds.blobstore.domain.StorageMetadata;
import org.jclouds.blobstore.options.ListContainerOptions;

/**
 * A store that speaks S3 on the loopback interface: it checks signatures, and keeps what it is
 * given until it is closed.
 */
final class ObjectStore implements AutoCloseable {

    static final String BUCKET = "longtail";

    private static final String ID = "state-writer";
    private static final String KEY = "state-key";

    private final BlobStoreContext context;
    private final S3Proxy server;

    private ObjectStore(BlobStoreContext context, S3Proxy server) {
        this.context = context;
        this.server = server;
    }

    /** A store with one empty bucket. */
    static ObjectStore start() throws Exception {
        BlobStoreContext context =
                ContextBuilder.newBuilder(new TransientApiMetadata())
                        .credentials(ID, KEY)
                        .build(BlobStoreContext.class);
        BlobStore blobs = context.getBlobStore();
        blobs.createContainerInLocation(null, BUCKET);
        S3Proxy server =
                S3Proxy.builder()
                        .blobStore(blobs)
                        .endpoint(URI.create("http://" + LocalNode.LOOPBACK + ":0"))
                        .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ID, KEY)
                        .build();
        server.start();
        return new ObjectStore(context, server);
    }

    URI endpoint() {
        return URI.create("http://" + LocalNode.LOOPBACK + ":" + server.getPort());
    }

    /** The keys of the Secret that {@code storage.s3.credentialsSecret} names. */
    static Map<String, String> credentials() {
        return Map.of("AWS_ACCESS_KEY_ID", ID, "AWS_SECRET_ACCESS_KEY", KEY);
    }

    /** How many objects lie below a prefix. */
    long objects(String prefix) {
        return context
                .getBlobStore()
                .list(BUCKET, ListContainerOptions.Builder.prefix(prefix).recursive())
                .stream()
                .map(StorageMetadata::getName)
                .count();
    }

    @Override
    public void close() throws Exception {
        server.stop();
        context.close();
    }
}
