package dev.longtail.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * An image as the build wrote it, an archive in the layout of the Open Container Initiative. Its
 * layers stay in the archive: several images at once would fill the memory of a test.
 *
 * @param config the image's configuration: entry point, environment, user, ports
 * @param archive where the image is
 * @param layers names of the compressed layers in the archive, lowest first
 */
record ContainerImage(JsonNode config, Path archive, List<String> layers) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int EXECUTABLE = 0111;

    /** The image of a module below images/, which its build has packaged before. */
    static ContainerImage of(String name) {
        Path archive = Path.of("..", "images", name, "target", "jib-image.tar");
        if (!Files.exists(archive)) {
            throw new AssertionError(
                    "expected the image at "
                            + archive
                            + "; 'mvn package -pl images/"
                            + name
                            + " -am' builds it");
        }
        try (TarFile tar = new TarFile(archive)) {
            JsonNode manifest = json(tar, blob(json(tar, "index.json").at("/manifests/0")));
            List<String> layers = new ArrayList<>();
            manifest.path("layers").forEach(layer -> layers.add(blob(layer)));
            JsonNode config = json(tar, blob(manifest.path("config"))).path("config");
            return new ContainerImage(config, archive, layers);
        } catch (IOException e) {
            throw new AssertionError("no image in " + archive, e);
        }
    }

    private static String blob(JsonNode descriptor) {
        return "blobs/" + descriptor.path("digest").asText().replace(':', '/');
    }

    private static JsonNode json(TarFile tar, String name) throws IOException {
        try (InputStream in = open(tar, name)) {
            return JSON.readTree(in);
        }
    }

    private static InputStream open(TarFile tar, String name) throws IOException {
        TarArchiveEntry entry =
                tar.getEntries().stream()
                        .filter(candidate -> candidate.getName().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IOException("the archive has no " + name));
        return tar.getInputStream(entry);
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
        try (TarFile tar = new TarFile(archive)) {
            for (String layer : layers) {
                try (InputStream zipped = new BufferedInputStream(open(tar, layer));
                        TarArchiveInputStream in =
                                new TarArchiveInputStream(new GZIPInputStream(zipped))) {
                    extract(in, root);
                }
            }
        }
    }

    private static void extract(TarArchiveInputStream layer, Path root) throws IOException {
        for (TarArchiveEntry entry = layer.getNextEntry();
                entry != null;
                entry = layer.getNextEntry()) {
            Path target = root.resolve(entry.getName());
            if (entry.isDirectory()) {
                Files.createDirectories(target);
            } else {
                Files.createDirectories(target.getParent());
                Files.copy(layer, target);
                if ((entry.getMode() & EXECUTABLE) != 0
                        && !target.toFile().setExecutable(true, false)) {
                    throw new IOException("cannot be made executable: " + target);
                }
            }
        }
    }
}
