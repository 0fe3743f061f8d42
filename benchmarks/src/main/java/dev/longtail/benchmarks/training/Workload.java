package dev.longtail.benchmarks.training;

import java.util.List;
import java.util.Locale;

/** A model with the schedule that it is measured with. */
enum Workload {
    /** Linear, on the pictures themselves. */
    SOFTMAX(300, 25, 32, List.of("--model=softmax")),
    /** The demo's network. */
    MLP(300, 25, 32, List.of("--model=mlp", "--hidden=64")),
    /** The reference example's network. */
    REFERENCE(60, 10, 128, List.of("--model=mlp", "--hidden=512,256", "--learning-rate=0.1")),
    /** The convolutional one. */
    RESNET(12, 10, 32, List.of("--model=resnet", "--width=16", "--blocks=1")),
    /** Its last layer, many trials at once. */
    TRANSFER_1(640, 25, 32, List.of("--layers=1")),
    /** Its last two layers. */
    TRANSFER_2(20, 25, 32, List.of("--layers=2")),
    /** Its last three layers. */
    TRANSFER_3(12, 25, 32, List.of("--layers=3"));

    private final int trials;
    private final int epochs;
    private final int batchSize;
    private final List<String> arguments;

    Workload(int trials, int epochs, int batchSize, List<String> arguments) {
        this.trials = trials;
        this.epochs = epochs;
        this.batchSize = batchSize;
        this.arguments = arguments;
    }

    /** Trials that take some seconds. */
    int trials() {
        return trials;
    }

    /** Passes over the included examples. */
    int epochs() {
        return epochs;
    }

    /** Examples per step. */
    int batchSize() {
        return batchSize;
    }

    /** Options of {@code longtail train}, without those above. */
    List<String> arguments() {
        return arguments;
    }

    /** Whether it trains the last layers of a body. */
    boolean needsBody() {
        return name().startsWith("TRANSFER");
    }

    /** As on the command line. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
