package dev.longtail.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The chart of this repository and the ways in which tests render it. */
final class Chart {

    /** Where the chart lies, seen from this module. */
    static final Path DIRECTORY = Path.of("..", "helm").toAbsolutePath().normalize();

    /** The version of Kubernetes that tests render for, given always: Helm's own default is old. */
    static final String KUBERNETES = "1.34.0";

    private static final Path RENDERED = ChartCopy.withVisibleHooks();

    static final String RELEASE = "demo";
    static final String NAMESPACE = "experiments";

    private Chart() {}

    /** The value files of the supported ways of running, one file each. */
    static List<Path> modes() {
        try (Stream<Path> files = Files.list(DIRECTORY.resolve("ci"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path mode(String name) {
        return DIRECTORY.resolve("ci").resolve(name + ".yaml");
    }

    static Manifests render(Path values) {
        return render(values, Map.of());
    }

    /** Renders with values of a file, then those given, by path such as {@code flink.mode}. */
    static Manifests render(Path values, Map<String, Object> more) {
        TemplateCommand command =
                new Helm(RENDERED)
                        .template()
                        .withName(RELEASE)
                        .withNamespace(NAMESPACE)
                        .withKubeVersion(KUBERNETES)
                        .withValuesFile(values);
        more.forEach(command::set);
        return Manifests.parse(command.call());
    }
}
