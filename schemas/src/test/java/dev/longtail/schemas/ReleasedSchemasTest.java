package dev.longtail.schemas;

import static org.apache.avro.SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE;
import static org.apache.avro.SchemaCompatibility.checkReaderWriterCompatibility;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds every released schema against the current one. A schema that changed is released by
 *
 * <pre>
 *   mvn -pl schemas test -Dtest=ReleasedSchemasTest -Dlongtail.release-schemas=true
 * </pre>
 *
 * which writes the next version of every changed record into {@code src/main/resources}; commit it
 * with the change. Released files are never edited.
 */
class ReleasedSchemasTest {

    private static final Path SOURCES = Path.of("src/main/avro");
    private static final Path RELEASED =
            Path.of("src/main/resources/dev/longtail/schemas/released");

    static Stream<String> recordNames() {
        return AllRecords.TYPES.stream().map(Class::getSimpleName);
    }

    static Stream<Class<? extends SpecificRecordBase>> types() {
        return AllRecords.TYPES.stream();
    }

    @ParameterizedTest
    @MethodSource("recordNames")
    void currentSchemaIsTheNewestReleasedOne(String record) throws IOException {
        assumeThat(index()).as("no schema is released before the first version").isNotEmpty();
        List<Schema> released = SchemaStore.released(record);

        assertThat(released).as("no version of %s is released", record).isNotEmpty();
        assertThat(SchemaNormalization.toParsingForm(released.get(released.size() - 1)))
                .as("%s.avsc differs from its newest released version: release it", record)
                .isEqualTo(SchemaNormalization.toParsingForm(current(record)));
    }

    @ParameterizedTest
    @MethodSource("recordNames")
    void newProgramsReadOldRecordsAndOldProgramsNewOnes(String record) throws IOException {
        Schema current = current(record);
        for (Schema released : SchemaStore.released(record)) {
            assertCompatible(current, released);
            assertCompatible(released, current);
        }
        assertCompatible(current, current);
    }

    @ParameterizedTest
    @MethodSource("types")
    <T extends SpecificRecordBase> void recordsOfEveryReleasedVersionDecode(Class<T> type)
            throws UndecodableRecordException {
        RecordCodec<T> codec = RecordCodec.of(type);
        List<Schema> versions = new ArrayList<>(SchemaStore.released(type.getSimpleName()));
        versions.add(codec.schema());
        for (Schema version : versions) {
            assertThat(codec.decode(AllRecords.randomBytes(version, 8))).isInstanceOf(type);
        }
    }

    @Test
    void indexListsTheReleasedFilesAndNothingElse() throws IOException {
        List<String> files;
        try (Stream<Path> tree = Files.walk(RELEASED)) {
            files =
                    tree.filter(file -> file.toString().endsWith(".avsc"))
                            .map(file -> RELEASED.relativize(file).toString().replace('\\', '/'))
                            .toList();
        }
        assertThat(index()).containsExactlyInAnyOrderElementsOf(files);
        recordNames()
                .forEach(
                        record -> {
                            List<String> versions = versionsOf(record);
                            for (int i = 0; i < versions.size(); i++) {
                                assertThat(versions.get(i)).isEqualTo(fileOf(record, i + 1));
                            }
                        });
    }

    @Test
    @EnabledIfSystemProperty(named = "longtail.release-schemas", matches = "true")
    void release() throws IOException {
        List<String> index = new ArrayList<>(index());
        for (String record : recordNames().toList()) {
            List<String> versions = versionsOf(record);
            String current = current(record).toString(true) + "\n";
            if (!versions.isEmpty()
                    && SchemaNormalization.toParsingForm(
                                    new Schema.Parser()
                                            .parse(
                                                    Files.readString(
                                                            RELEASED.resolve(
                                                                    versions.get(
                                                                            versions.size() - 1)))))
                            .equals(SchemaNormalization.toParsingForm(current(record)))) {
                continue;
            }
            String next = fileOf(record, versions.size() + 1);
            Files.createDirectories(RELEASED.resolve(next).getParent());
            Files.writeString(RELEASED.resolve(next), current);
            index.add(next);
        }
        index.sort(null);
        Files.write(RELEASED.resolve("index.txt"), index);
        assertThat(index).isNotEmpty();
    }

    private static void assertCompatible(Schema reader, Schema writer) {
        var compatibility = checkReaderWriterCompatibility(reader, writer);
        assertThat(compatibility.getType())
                .as(compatibility.getDescription())
                .isEqualTo(COMPATIBLE);
    }

    /** The schema as written in the sources, without what the code generator adds for Java. */
    private static Schema current(String record) throws IOException {
        Schema.Parser parser = new Schema.Parser();
        Schema example = parser.parse(SOURCES.resolve("Example.avsc").toFile());
        return record.equals("Example")
                ? example
                : parser.parse(SOURCES.resolve(record + ".avsc").toFile());
    }

    private static List<String> versionsOf(String record) {
        return index().stream().filter(file -> file.startsWith(record + "/")).toList();
    }

    private static String fileOf(String record, int version) {
        return "%s/%d.avsc".formatted(record, version);
    }

    private static List<String> index() {
        try {
            return Files.readAllLines(RELEASED.resolve("index.txt"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
