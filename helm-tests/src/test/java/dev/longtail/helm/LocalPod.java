package dev.longtail.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Runs a rendered pod on this machine as a process: its image's files, its command line, its
 * environment, its mounted configuration. Only what a cluster would provide is put in place of what
 * the chart says: addresses, ports and the directories of volumes.
 */
final class LocalPod implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final YAMLMapper YAML = new YAMLMapper();

    private final Path dir;
    private final ProcessBuilder builder;
    private final Map<Integer, Integer> ports;
    private Process process;

    private LocalPod(Path dir, ProcessBuilder builder, Map<Integer, Integer> ports) {
        this.dir = dir;
        this.builder = builder;
        this.ports = ports;
    }

    /** What several pods share: the image's files, volumes, ports by which they find each other. */
    record Node(Path root, ContainerImage image, Map<Integer, Integer> sharedPorts) {

        static Node of(Path dir, String image) throws IOException {
            Path root = Files.createDirectories(dir.resolve("image-" + image));
            ContainerImage read = ContainerImage.of(image);
            read.extract(root);
            // The class path is in the image with absolute paths.
            Path classPath = root.resolve("app/jib-classpath-file");
            Files.writeString(
                    classPath, Files.readString(classPath).replace("/app/", root + "/app/"));
            return new Node(root, read, new HashMap<>());
        }
    }

    /**
     * Prepares a pod.
     *
     * @param ownPorts container ports that other pods on this machine have as well
     * @param volumes directories by mount path
     */
    static LocalPod of(
            Manifests manifests,
            PodView pod,
            Node node,
            Path dir,
            List<Integer> ownPorts,
            Map<String, Path> volumes)
            throws IOException {
        JsonNode container = pod.spec().path("containers").get(0);
        Map<Integer, Integer> ports = new TreeMap<>(node.sharedPorts());
        for (int port : pod.ports().values()) {
            int free =
                    ownPorts.contains(port)
                            ? freePort()
                            : node.sharedPorts().computeIfAbsent(port, key -> freePort());
            ports.put(port, free);
        }
        Map<String, String> replacements = new HashMap<>();
        volumes.forEach((mount, path) -> replacements.put(mount, path.toString()));
        replacements.put("/app/", node.root() + "/app/");
        replacements.put("$(POD_IP)", LOOPBACK);
        for (JsonNode service : manifests.ofKind("Service").toList()) {
            replacements.put(Manifests.name(service), LOOPBACK);
        }
        LocalPod local = new LocalPod(dir, new ProcessBuilder(), ports);
        local.writeConfiguration(manifests, pod, container, replacements);
        local.describe(node, container, manifests, replacements);
        return local;
    }

    private void writeConfiguration(
            Manifests manifests, PodView pod, JsonNode container, Map<String, String> replacements)
            throws IOException {
        for (JsonNode mount : container.path("volumeMounts")) {
            for (JsonNode volume : pod.spec().path("volumes")) {
                String map = volume.at("/configMap/name").asText();
                if (!map.isEmpty() && volume.path("name").equals(mount.path("name"))) {
                    Path target = Files.createDirectories(dir.resolve("mounted-" + map));
                    replacements.put(mount.path("mountPath").asText(), target.toString());
                    writeFiles(manifests.get("ConfigMap", map).path("data"), target, replacements);
                }
            }
        }
    }

    private void writeFiles(JsonNode files, Path target, Map<String, String> replacements)
            throws IOException {
        for (Map.Entry<String, String> file : PodView.texts(files).entrySet()) {
            String text = file.getValue();
            if (file.getKey().equals("config.yaml")) {
                Map<String, String> options = PodView.texts(YAML.readTree(text));
                options.replaceAll((key, value) -> here(value, replacements));
                text = YAML.writeValueAsString(options);
            }
            Files.writeString(target.resolve(file.getKey()), text);
        }
    }

    /** A value of an option: a port as this machine has it, else a text with replacements. */
    private String here(String value, Map<String, String> replacements) {
        if (value.matches("\\d{1,5}") && ports.containsKey(Integer.valueOf(value))) {
            return ports.get(Integer.valueOf(value)).toString();
        }
        return replace(value, replacements);
    }

    private static String replace(String text, Map<String, String> replacements) {
        String replaced = text;
        List<String> longestFirst = new ArrayList<>(replacements.keySet());
        longestFirst.sort((a, b) -> b.length() - a.length());
        for (String key : longestFirst) {
            replaced = replaced.replace(key, replacements.get(key));
        }
        return replaced;
    }

    private void describe(
            Node node, JsonNode container, Manifests manifests, Map<String, String> replacements) {
        List<String> command = new ArrayList<>();
        node.image().entrypoint().forEach(part -> command.add(replace(part, replacements)));
        command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        container
                .path("args")
                .forEach(argument -> command.add(replace(argument.asText(), replacements)));
        Map<String, String> environment = builder.environment();
        environment.clear();
        node.image()
                .environment()
                .forEach((name, value) -> environment.put(name, replace(value, replacements)));
        ProgramSettingsTest.environment(container, manifests)
                .forEach((name, value) -> environment.put(name, here(value, replacements)));
        builder.command(command)
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    }

    /** Starts the process, again after it was killed. */
    void start() {
        try {
            Files.createDirectories(log().getParent());
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port of this machine for one of the container's. */
    int port(int containerPort) {
        return ports.get(containerPort);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What the process said; stays in this module's target directory when the test is over. */
    Path log() {
        return Path.of("target", "local-pods", dir.getFileName() + ".log").toAbsolutePath();
    }

    /** As when the node dies. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            kill();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
