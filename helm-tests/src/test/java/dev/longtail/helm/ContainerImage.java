package dev.longtail.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * An image as the build wrote it, an archive in the layout of the Open Container Initiative.
 *
 * @param config the image's configuration: entry point, environment, user, ports
 * @param layers compressed archives, lowest first
 */
record ContainerImage(JsonNode config, List<byte[]> layers) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int EXECUTABLE = 0111;

    /** The image of a module below images/, which its build has packaged before. */
    static ContainerImage of(String name) {
        Path tar = Path.of("..", "images", name, "target", "jib-image.tar");
        if (!Files.exists(tar)) {
            throw new AssertionError(
                    "expected the image at "
                            + tar
                            + "; 'mvn package -pl images/"
                            + name
                            + " -am' builds it");
        }
        try {
            return read(tar);
        } catch (IOException e) {
            throw new AssertionError("no image in " + tar, e);
        }
    }

    private static ContainerImage read(Path tar) throws IOException {
        Map<String, byte[]> entries = new HashMap<>();
        try (TarArchiveInputStream in = new TarArchiveInputStream(Files.newInputStream(tar))) {
            for (TarArchiveEntry entry = in.getNextEntry();
                    entry != null;
                    entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
        }
        JsonNode index = JSON.readTree(entries.get("index.json"));
        JsonNode manifest = JSON.readTree(blob(entries, index.at("/manifests/0")));
        List<byte[]> layers = new ArrayList<>();
        manifest.path("layers").forEach(layer -> layers.add(blob(entries, layer)));
        return new ContainerImage(
                JSON.readTree(blob(entries, manifest.path("config"))).path("config"), layers);
    }

    private static byte[] blob(Map<String, byte[]> entries, JsonNode descriptor) {
        return entries.get("blobs/" + descriptor.path("digest").asText().replace(':', '/'));
    }

    List<String> entrypoint() {
        return PodView.elements(config.path("Entrypoint")).map(JsonNode::asText).toList();
    }

    String user() {
        return config.path("User").asText();
    }

    /** Ports that the image says its program listens on. */
    TreeSet<Integer> ports() {
        TreeSet<Integer> ports = new TreeSet<>();
        config.path("ExposedPorts")
                .fieldNames()
                .forEachRemaining(port -> ports.add(Integer.parseInt(port.replace("/tcp", ""))));
        return ports;
    }

    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        for (JsonNode variable : config.path("Env")) {
            String[] parts = variable.asText().split("=", 2);
            environment.put(parts[0], parts[1]);
        }
        return environment;
    }

    /** Writes all files of the image below a directory. */
    void extract(Path root) throws IOException {
        for (byte[] layer : layers) {
            try (InputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(layer));
                    TarArchiveInputStream in = new TarArchiveInputStream(unzipped)) {
                for (TarArchiveEntry entry = in.getNextEntry();
                        entry != null;
                        entry = in.getNextEntry()) {
                    Path target = root.resolve(entry.getName());
                    if (entry.isDirectory()) {
                        Files.createDirectories(target);
                    } else {
                        Files.createDirectories(target.getParent());
                        Files.copy(in, target);
                        if ((entry.getMode() & EXECUTABLE) != 0
                                && !target.toFile().setExecutable(true, false)) {
                            throw new IOException("cannot be made executable: " + target);
                        }
                    }
                }
            }
        }
    }
}
