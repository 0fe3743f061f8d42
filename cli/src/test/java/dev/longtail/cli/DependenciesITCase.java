package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps docs/dependencies.md what is on the class path, and what is on it free to be shipped. */
class DependenciesITCase {

    private static final Path DOCUMENT = Path.of("..", "docs", "dependencies.md");
    private static final Path RESOLVED = Path.of("target", "third-party.md");
    private static final String ALL = "## All\n\n";
    private static final String COLUMNS = "| library | version | licence |\n|---|---|---|\n";
    private static final String WRITE = "longtail.docs.write";

    /** Of each library's licences one must be here. */
    private static final Set<String> ACCEPTED =
            Set.of(
                    "Apache-2.0",
                    "MIT",
                    "BSD-2-Clause",
                    "BSD-3-Clause",
                    "BSD-3-Clause (Go)",
                    "0BSD",
                    "EPL-2.0");

    /** Its exception allows linking; nothing of the running system needs it. */
    private static final String EXCEPTION = "org.openjdk.jmh:jmh-core";

    /** A library as Maven resolved it. */
    private record Library(String name, String version, List<String> licences) {

        static Library of(String row) {
            List<String> cells = cells(row);
            return new Library(cells.get(0), cells.get(1), List.of(cells.get(2).split(" or ")));
        }

        String row() {
            return "| %s | %s | %s |\n".formatted(name, version, String.join(" or ", licences));
        }
    }

    private static List<String> cells(String row) {
        return Arrays.stream(row.split("\\|")).skip(1).map(String::strip).toList();
    }

    private static List<Library> resolved() throws IOException {
        return Files.readAllLines(RESOLVED).stream()
                .filter(line -> line.startsWith("|"))
                .filter(line -> !line.startsWith("| dev.longtail:"))
                .map(Library::of)
                .toList();
    }

    @Test
    void theListIsTheClassPath() throws IOException {
        String document = Files.readString(DOCUMENT);
        String reviewed = document.substring(0, document.indexOf(ALL));
        String all = resolved().stream().map(Library::row).collect(Collectors.joining());
        String expected = reviewed + ALL + COLUMNS + all;
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(DOCUMENT, expected);
        }
        assertThat(DOCUMENT)
                .as("write it again with -Dlongtail.docs.write=true and review what is new")
                .hasContent(expected);
        try (var lib = Files.list(Path.of("target", "lib"))) {
            assertThat(lib.filter(jar -> !jar.getFileName().toString().startsWith("longtail-")))
                    .as("jars in target/lib")
                    .hasSameSizeAs(resolved());
        }
    }

    @Test
    void everyVersionHasBeenReviewed() throws IOException {
        Map<String, String> reviewed = new TreeMap<>();
        Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| `"))
                .map(DependenciesITCase::cells)
                .forEach(cells -> reviewed.put(cells.get(0).replace("`", ""), cells.get(1)));
        Map<String, Set<String>> found = new TreeMap<>();
        for (Library library : resolved()) {
            String group = library.name().substring(0, library.name().indexOf(':'));
            String row = row(group, reviewed.keySet());
            found.computeIfAbsent(row, key -> new TreeSet<>()).add(library.version());
        }
        Map<String, String> resolved = new TreeMap<>();
        found.forEach((row, versions) -> resolved.put(row, String.join(", ", versions)));
        assertThat(reviewed).isEqualTo(resolved);
    }

    /** The row that speaks for a group: its own, or that of a group it belongs to. */
    private static String row(String group, Set<String> rows) {
        return rows.stream()
                .filter(row -> group.equals(row) || group.startsWith(row + "."))
                .findFirst()
                .orElse(group);
    }

    @Test
    void everyLibraryMayBeShipped() throws IOException {
        assertThat(resolved())
                .filteredOn(library -> !library.name().equals(EXCEPTION))
                .allSatisfy(
                        library ->
                                assertThat(library.licences())
                                        .as(library.name())
                                        .containsAnyElementsOf(ACCEPTED));
    }
}
