package dev.longtail.testing;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * A directory in which another process makes and deletes files meanwhile, such as Flink in that of
 * its checkpoints. {@link Files#walk} fails when a directory goes away before it is opened.
 */
public final class ChangingTree {

    private ChangingTree() {}

    /**
     * Regular files below a directory; each of them was there at some time during the call, and
     * none that was there during the whole of it is missing.
     *
     * @param root a directory; none at all has no files
     * @throws IOException when something else than the absence of a file keeps it from being read
     */
    public static List<Path> files(Path root) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (attributes.isRegularFile()) {
                            files.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failure)
                            throws IOException {
                        return goOnUnless(failure);
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path directory, IOException failure)
                            throws IOException {
                        return goOnUnless(failure);
                    }
                });
        return files;
    }

    private static FileVisitResult goOnUnless(IOException failure) throws IOException {
        if (failure == null || failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }
}
