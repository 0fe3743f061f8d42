package dev.longtail.estimators.counting;

import java.util.Optional;

/** What this JVM offers of the Vector API. Loads no class of it before knowing. */
final class VectorApi {

    private static final String MODULE = "jdk.incubator.vector";
    private static final int FIRST_RELEASE_WITH_BIT_COUNT = 19;

    private VectorApi() {}

    /** The kernel that counts the bits of vectors. */
    static Optional<FoldKernel> bitCounts() {
        return whyNoBitCounts().isEmpty() ? Optional.of(new VectorFoldKernel()) : Optional.empty();
    }

    /** Why not, or empty when it is offered. */
    static String whyNoBitCounts() {
        if (Runtime.version().feature() < FIRST_RELEASE_WITH_BIT_COUNT) {
            return "this is Java %d and vectors count bits from Java %d on"
                    .formatted(Runtime.version().feature(), FIRST_RELEASE_WITH_BIT_COUNT);
        }
        return whyNoModule();
    }

    /** The kernel that looks sums up. */
    static Optional<FoldKernel> tables() {
        return whyNoTables().isEmpty()
                ? Optional.of(new FourRussiansFoldKernel())
                : Optional.empty();
    }

    /** Why not, or empty when it is offered. */
    static String whyNoTables() {
        String why = whyNoModule();
        return why.isEmpty() ? SubsetSumTables.whyNot() : why;
    }

    /** Passes over rows. */
    static Optional<RowPasses> rowPasses() {
        return whyNoModule().isEmpty() && VectorRowPasses.whyNot().isEmpty()
                ? Optional.of(new VectorRowPasses())
                : Optional.empty();
    }

    private static String whyNoModule() {
        return ModuleLayer.boot().findModule(MODULE).isEmpty()
                ? "the JVM was started without --add-modules " + MODULE
                : "";
    }
}
