package dev.longtail.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Copies of the chart for tests that need another one. */
final class ChartCopy {

    /** What the annotation of a hook is called in {@link #withVisibleHooks}. */
    static final String HOOK = "hook.test";

    private ChartCopy() {}

    /**
     * A copy whose hooks are ordinary objects: Helm's library renders manifests only, so that hooks
     * would pass by all checks.
     */
    static Path withVisibleHooks() {
        try {
            Path directory = Files.createTempDirectory("chart");
            copy(directory, text -> text.replace("helm.sh/hook:", HOOK + ":"));
            directory.toFile().deleteOnExit();
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies all files of the chart, their text changed. */
    static void copy(Path into, UnaryOperator<String> change) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(Chart.DIRECTORY)) {
            files = found.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path target = into.resolve(Chart.DIRECTORY.relativize(file).toString());
            Files.createDirectories(target.getParent());
            String text = Files.readString(file, StandardCharsets.UTF_8);
            Files.writeString(target, change.apply(text));
        }
    }
}
