package dev.longtail.local.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** What the supervisor's tests start: behaves as its first argument says. */
public final class SmallProgram {

    private SmallProgram() {}

    public static void main(String[] args) throws Exception {
        StopRequest.watch();
        switch (args[0]) {
            case "exit" -> System.exit(Integer.parseInt(args[1]));
            case "say" -> System.out.println(args[1]);
            case "crash-once" -> crashOnce(Path.of(args[1]));
            case "run" -> run(Path.of(args[1]));
            case "supervise" -> supervise(Path.of(args[1]));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /** Ends with 3 at the first start, then runs. */
    private static void crashOnce(Path mark) throws Exception {
        if (Files.exists(mark)) {
            run(mark.resolveSibling("running"));
        }
        Files.createFile(mark);
        System.exit(3);
    }

    /** Shows by a file that it runs and removes the file when it is stopped in order. */
    private static void run(Path file) throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> file.toFile().delete()));
        Files.createFile(file);
        new CountDownLatch(1).await();
    }

    /** A supervisor of one running program, to be killed. */
    private static void supervise(Path dir) throws Exception {
        Supervisor supervisor = SupervisorTest.supervisor(dir, System.out::println);
        supervisor.start(SupervisorTest.running("child", dir.resolve("child-runs")));
        new CountDownLatch(1).await();
    }
}
