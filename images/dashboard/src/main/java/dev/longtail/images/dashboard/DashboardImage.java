package dev.longtail.images.dashboard;

import dev.longtail.dashboard.DashboardCommand;
import dev.longtail.settings.Program;

/** What the dashboard's container runs. */
public final class DashboardImage {

    private DashboardImage() {}

    /** Runs the dashboard until it is stopped and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(Program.run(new DashboardCommand(), System.getenv(), arguments));
    }
}
