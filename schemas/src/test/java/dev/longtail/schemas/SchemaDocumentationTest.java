package dev.longtail.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SchemaDocumentationTest {

    @Test
    void everyRecordAndEveryFieldSaysWhatItMeans() {
        List<String> undocumented = new ArrayList<>();
        AllRecords.TYPES.forEach(
                type -> collect(RecordCodec.of(type).schema(), type.getSimpleName(), undocumented));

        assertThat(undocumented).as("fields without a doc in the avsc files").isEmpty();
    }

    private static void collect(Schema schema, String path, List<String> undocumented) {
        switch (schema.getType()) {
            case RECORD -> {
                require(schema.getDoc(), path, undocumented);
                for (Schema.Field field : schema.getFields()) {
                    String fieldPath = path + "." + field.name();
                    require(field.doc(), fieldPath, undocumented);
                    collect(field.schema(), fieldPath, undocumented);
                }
            }
            case UNION -> schema.getTypes().forEach(type -> collect(type, path, undocumented));
            case ARRAY -> collect(schema.getElementType(), path + "[]", undocumented);
            case MAP -> collect(schema.getValueType(), path + "{}", undocumented);
            default -> {
                // Primitives and enums are described by the field that has them.
            }
        }
    }

    private static void require(String doc, String path, List<String> undocumented) {
        if (doc == null || doc.isBlank()) {
            undocumented.add(path);
        }
    }
}
