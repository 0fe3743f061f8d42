package dev.longtail.trials;

import picocli.CommandLine;

/** {@code longtail train} as a process of its own. */
public final class TrainProgram {

    private TrainProgram() {}

    /** Runs the command. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new TrainCommand()).execute(args));
    }
}
