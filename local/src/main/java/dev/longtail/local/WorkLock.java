package dev.longtail.local;

import dev.longtail.local.process.PidFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** One running system per work directory; the lock goes with the process, however it ends. */
public final class WorkLock implements AutoCloseable {

    private final FileChannel channel;
    private final FileLock lock;

    private WorkLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Locks a work directory.
     *
     * @throws IllegalStateException when another process holds it
     */
    public static WorkLock on(WorkDirectory work) {
        Path file = work.runDirectory().resolve("lock");
        try {
            FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw new IllegalStateException(
                        "a system runs in %s already: see 'longtail status', stop it with 'longtail down', or choose another --work-dir"
                                .formatted(work.root()));
            }
            pidFile(work).write(ProcessHandle.current());
            return new WorkLock(channel, lock);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + file, e);
        }
    }

    /** The supervisor that runs in a work directory; empty where none does. */
    public static Optional<ProcessHandle> holder(WorkDirectory work) {
        return pidFile(work).process();
    }

    private static PidFile pidFile(WorkDirectory work) {
        return new PidFile(work.runDirectory().resolve("supervisor"));
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unlock the work directory", e);
        }
    }
}
