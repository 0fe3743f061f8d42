package dev.longtail.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalLineTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final TerminalLine line =
            new TerminalLine(new PrintStream(written, true, StandardCharsets.UTF_8), 9);

    /** What follows the cursor's line is never touched: there log lines may stand. */
    @Test
    void theCursorStaysInItsLine() {
        line.accept("1/3 first");
        line.accept("2/3");
        line.accept("3/3 too long for the terminal");
        line.close();

        assertThat(written.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "\r1/3 first\033[K\r2/3\033[K\r3/3 too l\033[K" + System.lineSeparator());
        assertThat(line.getMaxRenderedLength()).isEqualTo(9);
    }
}
