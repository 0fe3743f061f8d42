package dev.longtail.local.options;

import dev.longtail.aggregator.JobSettings;
import java.util.Set;

/** Options of the counting jobs, for commands that run one per experiment. */
public final class JobOptions extends ForwardedOptions {

    /** The system on this machine says where its jobs read, write and keep their state. */
    private static final Set<String> OWN_BUSINESS =
            Set.of(
                    "--experiment",
                    "--output",
                    "--bootstrap-servers",
                    "--kafka-config",
                    "--checkpoint-dir",
                    "--restore");

    /** For picocli. */
    public JobOptions() {
        super(new JobSettings(), OWN_BUSINESS);
    }
}
