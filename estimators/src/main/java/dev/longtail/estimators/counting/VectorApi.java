package dev.longtail.estimators.counting;

import java.util.Optional;

/**
 * Whether this JVM offers the Vector API that {@link VectorFoldKernel} needs. Loads no class of it
 * before knowing.
 */
final class VectorApi {

    private static final String MODULE = "jdk.incubator.vector";
    private static final int FIRST_RELEASE_WITH_BIT_COUNT = 19;

    private VectorApi() {}

    static Optional<FoldKernel> kernel() {
        return whyNot().isEmpty() ? Optional.of(new VectorFoldKernel()) : Optional.empty();
    }

    /** Why not, or empty when it does. */
    static String whyNot() {
        if (Runtime.version().feature() < FIRST_RELEASE_WITH_BIT_COUNT) {
            return "this is Java %d and vectors count bits from Java %d on"
                    .formatted(Runtime.version().feature(), FIRST_RELEASE_WITH_BIT_COUNT);
        }
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return "the JVM was started without --add-modules " + MODULE;
        }
        return "";
    }
}
