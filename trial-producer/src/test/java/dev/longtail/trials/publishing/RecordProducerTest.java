package dev.longtail.trials.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class RecordProducerTest {

    /** The call to close fails, too, while the first failure is on its way. */
    @Test
    void tellsWhatIsUndeliveredThoughClosingFailsToo() throws IOException {
        Properties client = new Properties();
        client.setProperty("bootstrap.servers", "127.0.0.1:" + closedPort());
        client.setProperty("max.block.ms", "200");
        assertThatThrownBy(
                        () -> {
                            try (RecordProducer producer = new RecordProducer(client, 1_000)) {
                                producer.send("digits.trials", "5", new byte[1]);
                                producer.send("digits.trials", "6", new byte[1]);
                            }
                        })
                .isInstanceOf(KafkaFailureException.class)
                .hasMessageContaining("cannot deliver record '5' to topic digits.trials: ")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
