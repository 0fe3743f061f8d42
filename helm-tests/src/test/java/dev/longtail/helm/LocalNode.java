package dev.longtail.helm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longtail.testing.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What pods on this machine share: the files of their images, the ports of their services, and the
 * claims, so that a pod that takes another's place finds what that one left.
 */
final class LocalNode {

    static final String LOOPBACK = "127.0.0.1";

    private final Path dir;
    private final Map<String, LocalImage> images = new HashMap<>();
    private final Map<Integer, Integer> servicePorts = new HashMap<>();
    private final Map<String, Map<String, String>> secrets = new HashMap<>();

    /** An image whose files lie in a directory instead of at the root of a container. */
    record LocalImage(Path root, ContainerImage image) {

        static LocalImage extract(Path root, String name) throws IOException {
            ContainerImage image = ContainerImage.of(name);
            image.extract(Files.createDirectories(root));
            // The class path is in the image with absolute paths.
            Path classPath = root.resolve("app/jib-classpath-file");
            Files.writeString(
                    classPath, Files.readString(classPath).replace("/app/", root + "/app/"));
            return new LocalImage(root, image);
        }
    }

    LocalNode(Path dir) {
        this.dir = dir;
    }

    /** The image of a module below images/. */
    LocalImage image(String name) {
        return images.computeIfAbsent(
                name,
                key -> {
                    try {
                        return LocalImage.extract(dir.resolve("image-" + name), name);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    /** Creates a Secret, which pods mount. */
    void createSecret(String name, Map<String, String> files) {
        secrets.put(name, files);
    }

    Map<String, String> secret(String name) {
        return secrets.get(name);
    }

    /** A directory that is there before and after a pod. */
    Path directory(String name) throws IOException {
        return Files.createDirectories(dir.resolve(name));
    }

    /** The ports of this machine for those of a pod: its services' stay, others are its own. */
    Map<Integer, Integer> ports(PodView pod, Manifests manifests) {
        Map<Integer, Integer> ports = new HashMap<>();
        pod.ports().values().forEach(port -> ports.put(port, FreePorts.take()));
        manifests
                .ofKind("Service")
                .forEach(
                        service ->
                                servicePortsOf(service, manifests)
                                        .forEach(
                                                port ->
                                                        ports.put(
                                                                port,
                                                                servicePorts.computeIfAbsent(
                                                                        port,
                                                                        key -> FreePorts.take()))));
        return ports;
    }

    /** Addresses of all services, with their port and without, as they are on this machine. */
    Map<String, String> addresses(Manifests manifests, Map<Integer, Integer> ports) {
        Map<String, String> addresses = new HashMap<>();
        for (JsonNode service : manifests.ofKind("Service").toList()) {
            String name = Manifests.name(service);
            addresses.put(name, LOOPBACK);
            for (int port : servicePortsOf(service, manifests)) {
                addresses.put(name + ":" + port, LOOPBACK + ":" + ports.get(port));
            }
        }
        return addresses;
    }

    /** Container ports behind a service. */
    private static Iterable<Integer> servicePortsOf(JsonNode service, Manifests manifests) {
        Map<String, String> selector = PodView.texts(service.at("/spec/selector"));
        PodView pod =
                PodView.all(manifests).stream()
                        .filter(p -> p.matches(selector))
                        .findFirst()
                        .orElseThrow();
        return PodView.textsOf(service, "targetPort").stream().map(pod.ports()::get).toList();
    }
}
