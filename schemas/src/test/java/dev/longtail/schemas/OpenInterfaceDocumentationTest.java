package dev.longtail.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Whoever cannot compute fingerprints takes the beginning of values from the guide. */
class OpenInterfaceDocumentationTest {

    private static final Path GUIDE = Path.of("..", "docs", "open-interface.md");

    @Test
    void listsTheBeginningOfValuesOfEveryReleasedVersion() throws IOException {
        List<String> expected = new ArrayList<>();
        for (String record :
                AllRecords.TYPES.stream().map(Class::getSimpleName).sorted().toList()) {
            List<Schema> released = SchemaStore.released(record);
            for (int version = 1; version <= released.size(); version++) {
                byte[] value = AllRecords.message(released.get(version - 1), encoder -> {});
                String begin = HexFormat.of().formatHex(value, 0, RecordCodec.HEADER_BYTES);
                expected.add("| `%s` | %d | `%s` |".formatted(record, version, begin));
            }
        }

        assertThat(Files.readAllLines(GUIDE))
                .as("the table of %s", GUIDE)
                .containsSequence(expected);
    }
}
