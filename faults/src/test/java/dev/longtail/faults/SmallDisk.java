package dev.longtail.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of a few megabytes in memory, which a test can fill. */
final class SmallDisk implements AutoCloseable {

    private static final int MEGABYTES = 16;

    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /** Mounts it; null where that is not allowed: it takes root. */
    static SmallDisk mount(Path directory) throws IOException {
        Files.createDirectories(directory);
        boolean mounted =
                run("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "tmpfs", directory);
        if (!mounted) {
            return null;
        }
        // When the tests themselves are stopped it does not stay, either.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> unmount(directory)));
        return new SmallDisk(directory);
    }

    private static boolean unmount(Path directory) {
        try {
            return run("umount", "-l", directory);
        } catch (IOException e) {
            return false;
        }
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
        if (!unmount(directory)) {
            throw new IOException("cannot unmount " + directory);
        }
    }
}
