package dev.longtail.aggregator.state;

import dev.longtail.aggregator.folding.Questions;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of this process that answer questions about its state, which come before those that
 * count: see docs/decisions/0228. Safe for use by several threads.
 */
final class AnsweringThreads {

    /**
     * How the names of Flink's begin, "Flink Queryable State Server" and the like. Linux keeps 15
     * bytes of a name, and JDKs differ in which.
     */
    private static final String NAME = "Flink Q";

    /** Connections and servers start threads when they need them. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final Logger LOG = LoggerFactory.getLogger(AnsweringThreads.class);

    private final Questions questions;
    private final IntPredicate shorten;
    private final Path threads;
    private final Executor executor;
    private final LongSupplier nanoTime;
    private final ThreadLocal<Boolean> known = ThreadLocal.withInitial(() -> false);
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile long last;
    private volatile boolean refused;

    /** Used by whoever has set {@link #looking}. */
    private final Set<Integer> shortened = new HashSet<>();

    /**
     * @param questions are told of each
     * @param shorten gives the thread of a number a short time slice, and says whether it has it
     * @param threads directory with one for each thread of this process, by its number, in which a
     *     file {@code comm} has its name
     * @param executor looks for new threads while a question is answered
     * @param nanoTime as {@link System#nanoTime}
     */
    AnsweringThreads(
            Questions questions,
            IntPredicate shorten,
            Path threads,
            Executor executor,
            LongSupplier nanoTime) {
        this.questions = questions;
        this.shorten = shorten;
        this.threads = threads;
        this.executor = executor;
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong() - LOOK_NANOS;
    }

    /** Those of this process. */
    static AnsweringThreads shared() {
        return Shared.INSTANCE;
    }

    private static final class Shared {
        private static final AnsweringThreads INSTANCE =
                new AnsweringThreads(
                        Questions.shared(),
                        thread -> Slices.INSTANCE.shorten(thread),
                        Path.of("/proc/self/task"),
                        Shared::start,
                        System::nanoTime);

        private static void start(Runnable look) {
            Thread thread = new Thread(look, "answering-threads");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Loaded with the first question: most jobs are never asked, and loading takes a while. */
    private static final class Slices {
        private static final TimeSlices INSTANCE = TimeSlices.ofThisSystem();
    }

    /** The calling thread begins to answer a question. */
    void answer() {
        long now = nanoTime.getAsLong();
        questions.asked(now);
        if (!refused
                && (!known.get() || now - last >= LOOK_NANOS)
                && looking.compareAndSet(false, true)) {
            known.set(true);
            last = now;
            executor.execute(this::look);
        }
    }

    private void look() {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
            Set<Integer> alive = new HashSet<>();
            for (Path thread : all) {
                int number = Integer.parseInt(thread.getFileName().toString());
                alive.add(number);
                if (!shortened.contains(number) && isAnswering(thread)) {
                    shorten(number, thread);
                }
            }
            shortened.retainAll(alive);
        } catch (IOException | RuntimeException e) {
            refuse("the threads of this process cannot be listed in " + threads + ": " + e);
        } finally {
            looking.set(false);
        }
    }

    private static boolean isAnswering(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).startsWith(NAME);
        } catch (IOException ended) {
            return false;
        }
    }

    private void shorten(int number, Path thread) {
        if (shorten.test(number)) {
            if (shortened.isEmpty()) {
                LOG.info("Threads that answer questions have short time slices");
            }
            shortened.add(number);
        } else if (Files.exists(thread)) {
            refuse(
                    "the system takes none (Linux does from 6.12 on, where threads have its usual policy)");
        }
    }

    private void refuse(String reason) {
        refused = true;
        LOG.info(
                "Threads that answer questions have no shorter time slices than others, answers wait longer while processors are busy: {}",
                reason);
    }
}
