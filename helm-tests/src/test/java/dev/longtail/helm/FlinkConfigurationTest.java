package dev.longtail.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.longtail.aggregator.AggregatorJob;
import dev.longtail.aggregator.JobSettings;
import dev.longtail.aggregator.ReplayRange;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.NettyShuffleEnvironmentOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.QueryableStateOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Flink itself understands the rendered configuration, and takes the memory for what we mean. */
class FlinkConfigurationTest {

    private static final List<Class<?>> OPTIONS =
            List.of(
                    BlobServerOptions.class,
                    CheckpointingOptions.class,
                    ClusterOptions.class,
                    CoreOptions.class,
                    HeartbeatManagerOptions.class,
                    HighAvailabilityOptions.class,
                    JobManagerOptions.class,
                    MetricOptions.class,
                    NettyShuffleEnvironmentOptions.class,
                    PipelineOptions.class,
                    QueryableStateOptions.class,
                    RestOptions.class,
                    RocksDBOptions.class,
                    TaskManagerOptions.class,
                    WebOptions.class);

    static Stream<Path> modes() {
        return Chart.modes().stream();
    }

    @ParameterizedTest
    @MethodSource("modes")
    void everyOptionIsOneOfFlinks(Path values) throws Exception {
        Set<String> known = knownKeys();

        assertThat(configuration(Chart.render(values)).keySet())
                .filteredOn(key -> !key.matches("(metrics\\.reporter|s3|job\\.autoscaler)\\..+"))
                .isNotEmpty()
                .isSubsetOf(known);
    }

    /** Keys of options that are not on their way out. */
    private static Set<String> knownKeys() throws IllegalAccessException {
        Set<String> keys = new TreeSet<>();
        for (Class<?> options : OPTIONS) {
            for (Field field : options.getFields()) {
                if (Modifier.isStatic(field.getModifiers())
                        && !field.isAnnotationPresent(Deprecated.class)
                        && field.get(null) instanceof ConfigOption<?> option) {
                    keys.add(option.key());
                }
            }
        }
        return keys;
    }

    @ParameterizedTest
    @CsvSource({
        "1600, 2048, 0, 64",
        "1600, 4096, 50, 256",
        "3000, 16384, 60, 512",
        "1024, 65536, 90, 1024"
    })
    void flinkDerivesTheSameMemory(int jobManager, int taskManager, int managed, int network)
            throws Exception {
        Manifests manifests =
                Chart.render(
                        Chart.mode("standalone"),
                        Map.of(
                                "flink.jobManager.memoryMiB", jobManager,
                                "flink.taskManager.memoryMiB", taskManager,
                                "flink.taskManager.managedPercent", managed,
                                "flink.taskManager.networkMiB", network));
        Configuration configuration = Configuration.fromMap(configuration(manifests));

        TaskExecutorProcessSpec task =
                TaskExecutorProcessUtils.processSpecFromConfig(configuration);
        assertThat(jvmMemory(manifests, "taskmanager"))
                .containsExactlyInAnyOrder(
                        jvmMemory(ProcessMemoryUtils.generateJvmParametersStr(task)));
        assertThat(task.getTotalProcessMemorySize().getMebiBytes()).isEqualTo(taskManager);
        assertThat(limit(manifests, "taskmanager")).isEqualTo(taskManager + "Mi");

        JobManagerProcessSpec job = JobManagerProcessUtils.processSpecFromConfig(configuration);
        String[] expected =
                jvmMemory(JobManagerProcessUtils.generateJvmParametersStr(job, configuration));
        assertThat(jvmMemory(manifests, "jobmanager")).containsExactlyInAnyOrder(expected);
        assertThat(job.getTotalProcessMemorySize().getMebiBytes()).isEqualTo(jobManager);
        assertThat(limit(manifests, "jobmanager")).isEqualTo(jobManager + "Mi");
    }

    private static List<String> jvmMemory(Manifests manifests, String component) {
        JsonNode container = container(manifests, component);
        return PodView.elements(container.path("args"))
                .map(JsonNode::asText)
                .filter(argument -> argument.matches("-Xm[sx].*|-XX:Max.*Size=.*"))
                .map(FlinkConfigurationTest::inBytes)
                .toList();
    }

    private static String[] jvmMemory(String flinks) {
        return Stream.of(flinks.split(" "))
                .map(FlinkConfigurationTest::inBytes)
                .toArray(String[]::new);
    }

    /** "-Xmx512m" as "-Xmx536870912". */
    private static String inBytes(String argument) {
        if (!argument.endsWith("m")) {
            return argument;
        }
        String number = argument.replaceAll("^.*?(\\d+)m$", "$1");
        return argument.substring(0, argument.length() - number.length() - 1)
                + (Long.parseLong(number) << 20);
    }

    private static String limit(Manifests manifests, String component) {
        return container(manifests, component).at("/resources/limits/memory").asText();
    }

    private static JsonNode container(Manifests manifests, String component) {
        return manifests
                .get("StatefulSet", "demo-longtail-" + component)
                .at("/spec/template/spec/containers/0");
    }

    /** The autoscaler must leave the sequencer alone: all trials pass through its one key. */
    @Test
    void theAutoscalerExcludesTheSequencer() throws Exception {
        JobSettings settings =
                JobSettings.parse("--experiment=digits", "--bootstrap-servers=broker:9092");
        JobGraph graph =
                AggregatorJob.of(settings, TestExperiment.small(), ReplayRange.EVERYTHING)
                        .graph()
                        .getJobGraph();
        List<String> sequencers = new ArrayList<>();
        for (JobVertex vertex : graph.getVertices()) {
            if (vertex.getName().contains("sequence trials")) {
                sequencers.add(vertex.getID().toHexString());
            }
        }

        assertThat(sequencers).hasSize(1);
        assertThat(configuration(Chart.render(Chart.mode("operator"))))
                .containsEntry("job.autoscaler.enabled", "true")
                .containsEntry("job.autoscaler.vertex.exclude.ids", sequencers.get(0))
                .containsEntry(
                        "pipeline.max-parallelism", String.valueOf(AggregatorJob.MAX_PARALLELISM));
    }

    /** All of Flink's options, from the ConfigMap or from the FlinkDeployment. */
    static Map<String, String> configuration(Manifests manifests) throws Exception {
        JsonNode options =
                manifests
                        .ofKind("FlinkDeployment")
                        .findFirst()
                        .map(deployment -> deployment.at("/spec/flinkConfiguration"))
                        .orElse(null);
        if (options == null) {
            options =
                    new YAMLMapper()
                            .readTree(
                                    manifests
                                            .ofKind("ConfigMap")
                                            .map(map -> map.at("/data/config.yaml").asText())
                                            .filter(text -> !text.isEmpty())
                                            .findFirst()
                                            .orElseThrow());
        }
        return new TreeMap<>(PodView.texts(options));
    }
}
