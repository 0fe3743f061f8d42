package dev.longtail.benchmarks.kernel;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * A Java installation to measure.
 *
 * @param home its directory
 * @param version what its {@code release} file says, for example 17.0.15
 */
record JavaHome(Path home, String version) {

    private static final int FIRST_RELEASE_WITH_BIT_COUNT = 19;

    /**
     * The installation in a directory.
     *
     * @throws IOException when the directory holds none
     */
    static JavaHome of(Path home) throws IOException {
        Properties release = new Properties();
        try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
            release.load(reader);
        }
        String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
        if (version.isEmpty() || !Files.isExecutable(home.resolve("bin/java"))) {
            throw new IOException(
                    "expected --java-home to be the directory of a JDK with bin/java and a release file, found "
                            + home);
        }
        return new JavaHome(home, version);
    }

    String java() {
        return home.resolve("bin/java").toString();
    }

    /** Whether vectors of this release count bits. */
    boolean countsBitsOfVectors() {
        return Runtime.Version.parse(version).feature() >= FIRST_RELEASE_WITH_BIT_COUNT;
    }
}
