package dev.longtail.aggregator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedClusterITCase {

    @TempDir Path dir;

    @Test
    void runsAJobAndAnswersOnRestAndStateProxy() throws Exception {
        try (EmbeddedCluster cluster = EmbeddedCluster.start(ClusterOptions.in(dir))) {
            StreamExecutionEnvironment environment =
                    StreamExecutionEnvironment.getExecutionEnvironment();
            environment.fromSequence(1, 10).sinkTo(new DiscardingSink<>());
            JobID job = cluster.submit(environment.getStreamGraph());
            cluster.result(job).join();

            assertThat(cluster.status(job)).isEqualTo(JobStatus.FINISHED);
            URI jobs = cluster.restAddress().resolve("/jobs/" + job);
            assertThat(
                            HttpClient.newHttpClient()
                                    .send(
                                            HttpRequest.newBuilder(jobs).build(),
                                            BodyHandlers.ofString())
                                    .body())
                    .contains("FINISHED");
            try (Socket socket = new Socket()) {
                socket.connect(cluster.stateProxy());
                assertThat(socket.isConnected()).isTrue();
            }
        }
    }
}
