package dev.longtail.dashboard;

import dev.longtail.settings.KafkaSettings;
import io.javalin.util.JavalinBindException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code longtail dashboard}: serves the page until it is stopped. */
@Command(
        name = "dashboard",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Serves the live page of all experiments: estimates, pictures, pairs, convergence.",
            "Reads topics and Flink's REST interface only; changes nothing."
        })
public final class DashboardCommand implements Callable<Integer> {

    private static final int OK = 0;
    private static final int FAILED = 1;

    @Spec private CommandSpec spec;
    @Mixin private DashboardSettings settings;
    @Mixin private KafkaSettings kafka;

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        try (Dashboard dashboard = Dashboard.start(settings, kafka)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(dashboard, stopped)));
            spec.commandLine().getOut().println("dashboard: " + dashboard.url());
            spec.commandLine().getOut().flush();
            stopped.await();
            return OK;
        } catch (JavalinBindException e) {
            return fail(
                    "cannot listen on %s port %d: %s; choose another with --dashboard-port"
                            .formatted(settings.host(), settings.port(), e.getMessage()));
        } catch (UncheckedIOException | IllegalArgumentException e) {
            return fail(e.getMessage());
        }
    }

    private static void end(Dashboard dashboard, CountDownLatch stopped) {
        dashboard.close();
        stopped.countDown();
    }

    private int fail(String why) {
        spec.commandLine().getErr().println("longtail dashboard: " + why);
        return FAILED;
    }
}
