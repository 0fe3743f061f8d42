package dev.longtail.local.process;

import java.time.Duration;
import java.util.List;

/**
 * A program to keep running.
 *
 * @param name its name in messages and of its log file
 * @param jvmOptions options of its Java process
 * @param arguments its subcommand and flags
 * @param readiness whether it serves
 * @param ends true for a program that is done some day with exit code 0; false for one that runs
 *     until it is stopped
 * @param speaks whether its standard output is for people and shown, not only logged
 * @param grace how long it may take to stop before it is killed
 */
public record ChildProgram(
        String name,
        List<String> jvmOptions,
        List<String> arguments,
        Readiness readiness,
        boolean ends,
        boolean speaks,
        Duration grace) {

    /** Asks a program whether it serves. */
    @FunctionalInterface
    public interface Readiness {

        /** A program that counts as ready as soon as it runs. */
        Readiness NONE = () -> true;

        /**
         * True when it serves; false or an exception when not yet.
         *
         * @throws Exception when it does not answer
         */
        boolean isReady() throws Exception;
    }
}
