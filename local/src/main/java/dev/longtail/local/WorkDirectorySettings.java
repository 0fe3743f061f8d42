package dev.longtail.local;

import dev.longtail.settings.SettingsSources;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The work directory: the mixin of the commands that run or watch a system on this machine. */
public final class WorkDirectorySettings {

    @Option(
            names = "--work-dir",
            paramLabel = "DIR",
            defaultValue = SettingsSources.DEFAULT_WORK_DIR,
            description =
                    "Where the system keeps topics, checkpoints and logs. One system per directory; 'longtail' takes .longtail beside itself unless LONGTAIL_WORK_DIR says otherwise.")
    private Path directory;

    /** The directory, created where it is missing. */
    public WorkDirectory directory() {
        return WorkDirectory.at(directory);
    }
}
