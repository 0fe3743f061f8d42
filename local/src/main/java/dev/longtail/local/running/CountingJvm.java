package dev.longtail.local.running;

import java.lang.module.ModuleFinder;
import java.util.ArrayList;
import java.util.List;

/** Options of the Java process that counts. */
public final class CountingJvm {

    private static final String VECTOR_API = "jdk.incubator.vector";

    /**
     * What is only called a few thousand times is not worth the second compiler, which otherwise
     * takes a fifth of all processor time of a count at CIFAR-100's size; what loops is compiled as
     * soon as ever (docs/decisions 0215).
     */
    public static final List<String> COMPILER =
            List.of(
                    "-XX:Tier4InvocationThreshold=30000",
                    "-XX:Tier4MinInvocationThreshold=6000",
                    "-XX:Tier4CompileThreshold=60000");

    private CountingJvm() {}

    /** Options for the Java that runs this. */
    public static List<String> options() {
        List<String> options = new ArrayList<>(COMPILER);
        // A JVM does not start with a module that it lacks, as a stripped one may lack this.
        if (ModuleFinder.ofSystem().find(VECTOR_API).isPresent()) {
            options.add("--add-modules=" + VECTOR_API);
        }
        return options;
    }
}
