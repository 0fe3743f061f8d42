package dev.longtail.exchange.counting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialSpoolTest {

    @TempDir private Path directory;

    @Test
    void givesEveryTrialBackInOrderAsOftenAsAsked() throws IOException {
        try (TrialSpool spool = new TrialSpool(directory, 9, 3)) {
            spool.add("a", new byte[] {1, 0}, new byte[] {2, 1}, new byte[] {4});
            spool.add("b", new byte[] {5, 1}, new byte[] {6, 0}, new byte[] {7});

            for (int pass = 0; pass < 2; pass++) {
                List<byte[]> seen = new ArrayList<>();
                spool.forEach((mask, train, test) -> seen.addAll(List.of(mask, train, test)));
                assertThat(seen)
                        .containsExactly(
                                new byte[] {1, 0},
                                new byte[] {2, 1},
                                new byte[] {4},
                                new byte[] {5, 1},
                                new byte[] {6, 0},
                                new byte[] {7});
            }
            assertThat(spool.ids()).containsExactly("a", "b");
        }
    }

    @Test
    void blocksFollowOneAnother() throws IOException {
        try (TrialSpool spool = new TrialSpool(directory, 8, 8)) {
            for (int k = 0; k < 2_500; k++) {
                spool.add("" + k, new byte[1], new byte[1], new byte[1]);
            }
            List<Integer> sizes = new ArrayList<>();
            spool.forEachBlock(block -> sizes.add(block.trials()));

            assertThat(sizes).containsExactly(1_024, 1_024, 452);
        }
    }

    @Test
    void wideVectorsMakeSmallerBlocks() throws IOException {
        try (TrialSpool imageNet = new TrialSpool(directory, 1_281_167, 50_000)) {
            assertThat(imageNet.blockTrials()).isEqualTo(192);
        }
    }

    @Test
    void leavesNothingBehind() throws IOException {
        try (TrialSpool spool = new TrialSpool(directory, 8, 8)) {
            spool.add("a", new byte[1], new byte[1], new byte[1]);
            assertThat(directory).isNotEmptyDirectory();
        }
        assertThat(Files.list(directory)).isEmpty();
    }

    @Test
    void refusesVectorsOfOtherLengths() throws IOException {
        try (TrialSpool spool = new TrialSpool(directory, 8, 8)) {
            assertThatThrownBy(() -> spool.add("a", new byte[2], new byte[1], new byte[1]))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(spool.trials()).isZero();
        }
    }
}
