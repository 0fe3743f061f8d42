package dev.longtail.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A file system of a few megabytes in memory, which a test can fill. */
final class SmallDisk implements AutoCloseable {

    private static final int MEGABYTES = 16;

    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /** Mounts it; where that is not allowed (it takes root) the test is skipped. */
    static SmallDisk at(Path directory) throws IOException {
        Files.createDirectories(directory);
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "tmpfs", directory),
                "mounting a small file system takes root");
        return new SmallDisk(directory);
    }

    /** Leaves no byte free. */
    void fill() throws IOException {
        byte[] chunk = new byte[4096];
        try (OutputStream out = Files.newOutputStream(filler())) {
            while (Files.getFileStore(directory).getUsableSpace() > 0) {
                out.write(chunk);
            }
        }
    }

    void makeRoom() throws IOException {
        Files.delete(filler());
    }

    /** Lets nobody write, or writes be possible again. */
    void setReadOnly(boolean readOnly) throws IOException {
        String mode = "remount," + (readOnly ? "ro" : "rw");
        if (!run("mount", "-o", mode, directory)) {
            throw new IOException("cannot mount %s again: %s".formatted(directory, mode));
        }
    }

    private Path filler() {
        return directory.resolve("filler");
    }

    private static boolean run(Object... command) throws IOException {
        String[] words = new String[command.length];
        for (int at = 0; at < words.length; at++) {
            words[at] = command[at].toString();
        }
        return new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .onExit()
                        .join()
                        .exitValue()
                == 0;
    }

    @Override
    public void close() throws IOException {
        if (!run("umount", "-l", directory)) {
            throw new IOException("cannot unmount " + directory);
        }
    }
}
