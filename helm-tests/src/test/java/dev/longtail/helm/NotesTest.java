package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.aggregator.command.QueryCommand;
import io.fabric8.kubernetes.api.model.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The three commands that Helm prints after an installation work as they stand there. */
@Timeout(120)
class NotesTest {

    private static final Pattern FORWARD =
            Pattern.compile("port-forward service/(\\S+) \\d+:(\\d+)");
    private static final Pattern QUERY = Pattern.compile("\\./longtail query (.*)");

    @TempDir Path dir;
    private MockCluster cluster;

    @BeforeEach
    void startCluster() {
        cluster = MockCluster.start();
    }

    @AfterEach
    void stopCluster() {
        cluster.close();
    }

    @Test
    void withoutAnIngressPortsAreForwarded() throws IOException {
        String notes = notes("standalone", Map.of());

        requireServices(notes);
        assertThat(query(notes))
                .containsExactly(
                        "mem", "17", "--experiment", "digits", "--url", "http://localhost:8080");
    }

    @Test
    void withAnIngressItsAddressIsUsedAndTheTokenFetched() throws IOException {
        String notes =
                notes(
                        "secured",
                        Map.of(
                                "metrics.podMonitor.enabled", false,
                                "metrics.prometheusRule.enabled", false));

        assertThat(notes)
                .contains("   https://longtail.example.org/\n")
                .contains(
                        "get secret dashboard-token --output go-template='{{ index .data \"token\" | base64decode }}' > token");
        assertThat(query(notes))
                .containsExactly(
                        "mem",
                        "17",
                        "--experiment",
                        "cifar100",
                        "--url",
                        "https://longtail.example.org",
                        "--token-file",
                        "token");
    }

    /** Whose service Flink makes, under the name that OperatorClusterITCase sees. */
    @Test
    void underTheOperatorFlinksPageIsAtFlinksOwnService() throws IOException {
        assertThat(notes("counting-only", Map.of()))
                .contains("port-forward service/demo-longtail-flink-rest 8081:8081");
    }

    @Test
    void withoutADashboardFlinksPageIsShown() throws IOException {
        String notes = notes("counting-only", Map.of("flink.mode", "standalone"));

        requireServices(notes);
        assertThat(notes).contains("1. ", "2. ", "3. ").doesNotContain("longtail query");
    }

    private String notes(String mode, Map<String, Object> more) throws IOException {
        String notes =
                new TestRelease(cluster.client(), cluster.kubeConfig(dir))
                        .install(Chart.mode(mode), more)
                        .getOutput();
        assertThat(notes)
                .contains("is being deployed as demo in namespace experiments")
                .contains("--selector app.kubernetes.io/instance=demo");
        return notes;
    }

    /** Every service that is named is there, with the port. */
    private void requireServices(String notes) {
        Matcher forward = FORWARD.matcher(notes);
        assertThat(forward.find()).as(notes).isTrue();
        Service service =
                cluster.client()
                        .services()
                        .inNamespace(Chart.NAMESPACE)
                        .withName(forward.group(1))
                        .get();
        assertThat(service).as(forward.group(1)).isNotNull();
        assertThat(service.getSpec().getPorts())
                .anyMatch(port -> port.getPort() == Integer.parseInt(forward.group(2)));
    }

    /** The arguments of the query, which the command must understand. */
    private static List<String> query(String notes) {
        Matcher query = QUERY.matcher(notes);
        assertThat(query.find()).as(notes).isTrue();
        String[] arguments = query.group(1).split(" ");
        CommandLine.ParseResult parsed = new CommandLine(new QueryCommand()).parseArgs(arguments);
        assertThat(parsed.errors()).isEmpty();
        return List.of(arguments);
    }
}
