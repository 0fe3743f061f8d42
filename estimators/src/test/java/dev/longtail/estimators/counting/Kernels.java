package dev.longtail.estimators.counting;

import java.util.stream.Stream;

/** The kernels of this JVM: those of plain Java, and the Vector API where it is offered. */
final class Kernels {

    private Kernels() {}

    static Stream<FoldKernel> all() {
        return Stream.of(
                        Stream.of(new PlainFoldKernel(), new CarrySaveFoldKernel()),
                        VectorApi.bitCounts().stream(),
                        VectorApi.tables().stream())
                .flatMap(kernels -> kernels);
    }
}
