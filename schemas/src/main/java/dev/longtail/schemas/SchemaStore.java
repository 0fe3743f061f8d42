package dev.longtail.schemas;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * Every released version of every record's schema, so that old records stay readable without a
 * registry server. The versions lie as resources {@code released/<Record>/<version>.avsc}, listed
 * in {@code released/index.txt}; a released file never changes.
 */
public final class SchemaStore {

    private static final String ROOT = "released/";

    private SchemaStore() {}

    /**
     * The released schemas of one record, oldest first.
     *
     * @param recordName simple name of the record, for example {@code Trial}
     */
    public static List<Schema> released(String recordName) {
        try (BufferedReader index =
                        new BufferedReader(
                                new InputStreamReader(open("index.txt"), StandardCharsets.UTF_8));
                Stream<String> lines = index.lines()) {
            return lines.filter(line -> line.startsWith(recordName + "/"))
                    .map(SchemaStore::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the index of released schemas", e);
        }
    }

    private static Schema parse(String path) {
        try (InputStream in = open(path)) {
            return new Schema.Parser().parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read released schema " + path, e);
        }
    }

    private static InputStream open(String path) throws IOException {
        InputStream in = SchemaStore.class.getResourceAsStream(ROOT + path);
        if (in == null) {
            throw new IOException("resource " + ROOT + path + " is missing from the schemas jar");
        }
        return in;
    }
}
