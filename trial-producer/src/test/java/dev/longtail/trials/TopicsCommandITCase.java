package dev.longtail.trials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.TopicPlan;
import dev.longtail.testing.TestBroker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The topics that a real broker has after the command, option by option. */
class TopicsCommandITCase {

    @TempDir Path dir;

    @Test
    void createsEveryTopicAsPlannedAndOnlyOnce() throws Exception {
        ExperimentTopics topics = ExperimentTopics.of("imagenet");
        List<TopicPlan> plans =
                Stream.concat(
                                TopicPlan.inputs(topics, 6, 1_281_167, 50_000).stream(),
                                TopicPlan.outputs(topics).stream())
                        .toList();
        try (TestBroker broker = TestBroker.start(dir);
                Admin admin =
                        Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            assertThat(run(broker)).hasSize(9).allMatch(line -> line.startsWith("created "));

            for (TopicPlan plan : plans) {
                TopicDescription description =
                        admin.describeTopics(List.of(plan.name()))
                                .allTopicNames()
                                .get()
                                .get(plan.name());
                assertThat(description.partitions()).as(plan.name()).hasSize(plan.partitions());
                plan.configuration()
                        .forEach(
                                (option, value) ->
                                        assertThat(option(admin, plan.name(), option))
                                                .as(plan.name() + " " + option)
                                                .isEqualTo(value));
                assertThat(option(admin, plan.name(), "min.insync.replicas")).isEqualTo("1");
            }

            assertThat(run(broker)).hasSize(9).allMatch(line -> line.startsWith("exists "));
        }
    }

    @Test
    void wrongUsageIsSaid() {
        StringWriter err = new StringWriter();
        int code =
                new CommandLine(new TopicsCommand())
                        .setErr(new PrintWriter(err))
                        .execute(
                                "--experiment=Not A Name",
                                "--train-size=1",
                                "--test-size=1",
                                "--bootstrap-servers=none:1");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("found 'Not A Name'");
    }

    private static List<String> run(TestBroker broker) {
        StringWriter out = new StringWriter();
        int code =
                new CommandLine(new TopicsCommand())
                        .setOut(new PrintWriter(out))
                        .execute(
                                "--experiment=imagenet",
                                "--train-size=1281167",
                                "--test-size=50000",
                                "--partitions=6",
                                "--replication-factor=1",
                                "--min-insync-replicas=1",
                                "--bootstrap-servers=" + broker.bootstrapServers());
        assertThat(code).isZero();
        return out.toString().lines().toList();
    }

    private static String option(Admin admin, String topic, String option) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            Map<ConfigResource, Config> configs =
                    admin.describeConfigs(List.of(resource)).all().get();
            return configs.get(resource).get(option).value();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
