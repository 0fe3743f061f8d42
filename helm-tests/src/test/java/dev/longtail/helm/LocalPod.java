package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Runs a rendered pod on this machine as a process: its image's files, its command line, its
 * environment, its mounted configuration. Only what a cluster would provide is put in place of what
 * the chart says: addresses, ports and the directories of volumes.
 */
final class LocalPod implements AutoCloseable {

    /** Where an Indexed Job says to its pods which of them they are. */
    static final String COMPLETION_INDEX =
            "metadata.annotations['batch.kubernetes.io/job-completion-index']";

    private static final int GRACE_SECONDS = 60;
    private static final YAMLMapper YAML = new YAMLMapper();

    private final Path dir;
    private final ProcessBuilder builder = new ProcessBuilder();
    private final Map<Integer, Integer> ports;
    private final Map<String, String> replacements = new HashMap<>();
    private final PodView view;
    private Process process;

    private LocalPod(Path dir, PodView view, Map<Integer, Integer> ports) {
        this.dir = dir;
        this.view = view;
        this.ports = ports;
    }

    /**
     * Prepares a pod.
     *
     * @param image module below images/ that its image is from
     * @param fields what the cluster says to the pod, by field path
     */
    static LocalPod of(
            LocalNode node,
            Manifests manifests,
            PodView pod,
            String image,
            Map<String, String> fields)
            throws IOException {
        JsonNode container = pod.spec().path("containers").get(0);
        String index = fields.getOrDefault(COMPLETION_INDEX, "");
        Path dir = node.directory(container.path("name").asText() + index);
        LocalPod local = new LocalPod(dir, pod, node.ports(pod, manifests));
        local.replacements.putAll(node.addresses(manifests, local.ports));
        local.replacements.put("/app/", node.image(image).root() + "/app/");
        local.mount(node, manifests, pod, container);
        local.describe(node, node.image(image).image(), container, manifests, fields);
        return local;
    }

    private void mount(LocalNode node, Manifests manifests, PodView pod, JsonNode container)
            throws IOException {
        Map<Path, Map<String, String>> files = new HashMap<>();
        for (JsonNode mount : container.path("volumeMounts")) {
            String name = mount.path("name").asText();
            JsonNode volume =
                    PodView.elements(pod.spec().path("volumes"))
                            .filter(v -> v.path("name").asText().equals(name))
                            .findFirst()
                            .orElseThrow();
            String claim = volume.at("/persistentVolumeClaim/claimName").asText();
            Path target =
                    claim.isEmpty()
                            ? Files.createDirectories(dir.resolve("volume-" + name))
                            : node.directory("claim-" + claim);
            replacements.put(mount.path("mountPath").asText(), target.toString());
            String map = volume.at("/configMap/name").asText();
            if (!map.isEmpty()) {
                files.put(target, PodView.texts(manifests.get("ConfigMap", map).path("data")));
            }
            String secret = volume.at("/secret/secretName").asText();
            if (!secret.isEmpty()) {
                files.put(target, node.secret(secret));
            }
        }
        // When all places are known that the files may name.
        for (Map.Entry<Path, Map<String, String>> entry : files.entrySet()) {
            writeFiles(entry.getValue(), entry.getKey());
        }
    }

    private void writeFiles(Map<String, String> content, Path target) throws IOException {
        for (Map.Entry<String, String> file : content.entrySet()) {
            String text = file.getValue();
            if (file.getKey().equals("config.yaml")) {
                Map<String, String> options = PodView.texts(YAML.readTree(text));
                options.replaceAll((key, value) -> here(value));
                text = YAML.writeValueAsString(options);
            }
            Files.writeString(target.resolve(file.getKey()), text);
        }
    }

    private void describe(
            LocalNode node,
            ContainerImage image,
            JsonNode container,
            Manifests manifests,
            Map<String, String> fields) {
        Map<String, String> own = ProgramSettingsTest.environment(container, manifests);
        for (JsonNode reference : container.path("envFrom").findValues("secretRef")) {
            own.putAll(node.secret(reference.path("name").asText()));
        }
        for (JsonNode variable : container.path("env")) {
            String field = variable.at("/valueFrom/fieldRef/fieldPath").asText();
            if (!field.isEmpty()) {
                own.put(variable.path("name").asText(), fields.get(field));
            }
        }
        own.forEach((name, value) -> replacements.put("$(" + name + ")", value));
        List<String> command = new ArrayList<>();
        image.entrypoint().forEach(part -> command.add(replace(part)));
        command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        container.path("args").forEach(argument -> command.add(replace(argument.asText())));
        Map<String, String> environment = builder.environment();
        environment.clear();
        // Every container has one.
        environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
        environment.putAll(JavaOptions.ofTests());
        image.environment().forEach((name, value) -> environment.put(name, replace(value)));
        own.forEach((name, value) -> environment.put(name, here(value)));
        builder.command(command)
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    }

    /** A value of an option: a port as this machine has it, else a text with replacements. */
    private String here(String value) {
        if (value.matches("\\d{1,5}") && ports.containsKey(Integer.valueOf(value))) {
            return ports.get(Integer.valueOf(value)).toString();
        }
        return replace(value);
    }

    /** In one pass, so that nothing is replaced within what was put in. */
    private String replace(String text) {
        String longestFirst =
                replacements.keySet().stream()
                        .sorted((a, b) -> b.length() - a.length())
                        .map(Pattern::quote)
                        .collect(Collectors.joining("|"));
        return Pattern.compile("(?<![\\w-])(?:/app/|(?:" + longestFirst + ")(?![\\w-]))")
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(replacements.get(match.group())));
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

    /** Runs it to its end; returns its exit code. */
    int run() throws InterruptedException {
        start();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            kill();
            throw new AssertionError("does not end:\n" + lastWords());
        }
        return process.exitValue();
    }

    /** The port of this machine for one of the container's. */
    int port(int containerPort) {
        return ports.get(containerPort);
    }

    /** Does what the kubelet does to find a container alive and ready. */
    void requireProbesPass() throws IOException {
        JsonNode container = view.containers().get(0);
        for (String kind : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            JsonNode probe = container.path(kind);
            String path = probe.at("/httpGet/path").asText();
            String name = probe.findPath("port").asText();
            int port = ports.get(view.ports().get(name));
            if (path.isEmpty()) {
                new Socket(LocalNode.LOOPBACK, port).close();
            } else {
                URL address = new URL("http", LocalNode.LOOPBACK, port, path);
                int status = ((HttpURLConnection) address.openConnection()).getResponseCode();
                assertThat(status).as(kind + " of " + view.owner()).isBetween(200, 399);
            }
        }
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** What the process said; stays in this module's target directory when the test is over. */
    Path log() {
        // Of each node its own directory: classes run at once.
        return Path.of(
                        "target",
                        "local-pods",
                        dir.getParent().getFileName().toString(),
                        dir.getFileName() + ".log")
                .toAbsolutePath();
    }

    /** The end of its log. */
    String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return "no log " + log();
        }
    }

    /** As when the node dies. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(30, TimeUnit.SECONDS);
    }

    /** As Kubernetes deletes a pod. */
    void delete() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
            kill();
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            kill();
        }
    }
}
