package dev.longtail.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void onATerminalTheLineIsWrittenOverAndMessagesStandAboveIt() {
        Terminal terminal = new Terminal(stream(), true);
        terminal.progress("1 of 3");
        terminal.say("port taken");
        terminal.progress("2 of 3");
        assertThat(text())
                .isEqualTo(
                        "\r\u001b[K1 of 3\r\u001b[Kport taken%n1 of 3\r\u001b[K2 of 3".formatted());
    }

    @Test
    void elsewhereTheLineIsNotRepeatedAtEveryLook() {
        Terminal terminal = new Terminal(stream(), false);
        terminal.progress("1 of 3");
        terminal.progress("2 of 3");
        terminal.say("port taken");
        assertThat(text()).isEqualTo("1 of 3%nport taken%n".formatted());
    }

    private PrintStream stream() {
        return new PrintStream(written, true, StandardCharsets.UTF_8);
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
