package dev.longtail.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangingTreeTest {

    private static final int WALKS = 2_000;

    @TempDir Path root;

    @Test
    void findsWhatStaysWhileTheRestComesAndGoes() throws Exception {
        Path first = Files.writeString(root.resolve("first"), "");
        Path deep = Files.createDirectories(root.resolve("shared/deep")).resolve("last");
        Files.writeString(deep, "");
        AtomicBoolean isOver = new AtomicBoolean();
        CompletableFuture<Integer> changes =
                CompletableFuture.supplyAsync(
                        () -> {
                            int rounds = 0;
                            while (!isOver.get()) {
                                comeAndGo(root.resolve("chk-" + rounds++ % 3));
                            }
                            return rounds;
                        });

        for (int walk = 0; walk < WALKS; walk++) {
            assertThat(ChangingTree.files(root)).contains(first, deep);
        }

        isOver.set(true);
        assertThat(changes.join()).isPositive();
        assertThat(ChangingTree.files(root)).containsExactlyInAnyOrder(first, deep);
    }

    @Test
    void findsNothingWhereNothingIs() throws IOException {
        assertThat(ChangingTree.files(root.resolve("never"))).isEmpty();
    }

    @Test
    void doesNotHideWhatCannotBeRead() {
        // As a name of more bytes than file systems take fails for every user, root, too.
        Path unreadable = root.resolve("x".repeat(5_000));

        assertThatThrownBy(() -> ChangingTree.files(unreadable)).isInstanceOf(IOException.class);
    }

    private static void comeAndGo(Path directory) {
        try {
            Files.createDirectory(directory);
            Path file = Files.writeString(directory.resolve("_metadata"), "");
            Files.delete(file);
            Files.delete(directory);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
