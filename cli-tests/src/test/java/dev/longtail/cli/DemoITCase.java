package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longtail.cli.LaunchedSystem.Ended;
import dev.longtail.cli.LaunchedSystem.Running;
import dev.longtail.local.experiments.TopicReader;
import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.InfluencePair;
import dev.longtail.schemas.MemorizationBlock;
import dev.longtail.schemas.PairBlock;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.Split;
import dev.longtail.schemas.Trial;
import dev.longtail.settings.KafkaSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's command with all of its processes, short: runs, stops, goes on, is exact. */
class DemoITCase {

    private static final ExperimentTopics TOPICS = ExperimentTopics.of("demo");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir Path dir;

    private static List<String> demo(String... further) {
        List<String> arguments = new ArrayList<>(List.of("demo", "--epochs=4", "--hidden=16"));
        arguments.addAll(LaunchedSystem.ports());
        arguments.addAll(List.of(further));
        return arguments;
    }

    @Test
    void runsToItsEndGoesOnWhereItWasAndCountsExactly() throws Exception {
        try (LaunchedSystem system = new LaunchedSystem(dir)) {
            Path report = dir.resolve("report.json");
            Ended first =
                    system.start(demo("--trials=30", "--exit-when-done", "--report=" + report))
                            .awaitEnd();
            assertThat(first.exitCode()).as(first.output()).isZero();
            assertThat(first.output()).contains("Dashboard: http://127.0.0.1:", "flipped labels");
            JsonNode found = JSON.readTree(report.toFile());
            assertThat(found.path("trials").asLong()).isEqualTo(30);
            assertThat(found.path("trialsOfThisRun").asLong()).isEqualTo(30);
            assertThat(found.path("planted").path("flips").asInt()).isPositive();
            assertNothingIsLeft(system);

            Running second = system.start(demo("--trials=50"));
            second.awaitOutput("The dashboard stays up");
            assertThat(second.output())
                    .contains("Counting of 'demo' goes on from", "(20 of them in this run");

            JsonNode status = JSON.readTree(system.run("status", "--json").output());
            assertThat(status.path("running").asBoolean()).isTrue();
            JsonNode demo = status.path("experiments").path(0);
            assertThat(demo.path("state").asText()).isEqualTo("RUNNING");
            assertThat(demo.path("trials").asLong()).isEqualTo(50);
            assertThat(demo.path("rejected").asLong()).isZero();
            assertThat(demo.path("duplicates").asLong()).isZero();
            assertThat(demo.path("pairsInScope").asLong()).isPositive();
            assertDashboardServes(status.path("dashboardUrl").asText());
            assertCountsEqualTheReference(status.path("bootstrapServers").asText());

            interrupt(second);
            second.awaitEnd();
            assertThat(second.output()).contains("Stopping");
            assertNothingIsLeft(system);
            assertThat(system.run("status").exitCode()).isEqualTo(1);
        }
    }

    /** As Ctrl-C does, but by SIGTERM: children of a build in the background ignore SIGINT. */
    private static void interrupt(Running running) throws Exception {
        new ProcessBuilder("kill", "-TERM", String.valueOf(running.process().pid()))
                .start()
                .waitFor();
    }

    private static void assertNothingIsLeft(LaunchedSystem system) throws Exception {
        assertThat(system.processes()).isEmpty();
        assertThat(system.workDir().resolve("system.properties")).doesNotExist();
    }

    private static void assertDashboardServes(String url) throws Exception {
        assertThat(
                        HttpClient.newHttpClient()
                                .send(
                                        HttpRequest.newBuilder(URI.create(url)).build(),
                                        BodyHandlers.ofString())
                                .statusCode())
                .isEqualTo(200);
    }

    private static void assertCountsEqualTheReference(String bootstrapServers) {
        try (TopicReader reader =
                new TopicReader(KafkaSettings.of(bootstrapServers).clientProperties())) {
            Experiment experiment =
                    reader.newest(TOPICS.experimentTopic(), RecordCodec.of(Experiment.class))
                            .get("demo");
            Map<String, Trial> trials =
                    reader.newest(TOPICS.trialsTopic(), RecordCodec.of(Trial.class));
            assertThat(trials).hasSize(50);
            ReferenceCounts reference = new ReferenceCounts(experiment, trials.values());
            reader.newest(TOPICS.estimatesTopic(), RecordCodec.of(MemorizationBlock.class))
                    .values()
                    .forEach(group -> assertMemorization(group, reference));
            List<PairBlock> lists =
                    reader
                            .newest(TOPICS.pairsTopic(), RecordCodec.of(PairBlock.class))
                            .values()
                            .stream()
                            .filter(list -> list.getSide() == Split.TRAIN)
                            .toList();
            assertPairs(lists, experiment, reference);
        }
    }

    private static void assertMemorization(MemorizationBlock group, ReferenceCounts reference) {
        assertThat(group.getTrials()).isEqualTo(reference.trials);
        for (int at = 0; at < group.getExamples().size(); at++) {
            int i = group.getExamples().get(at);
            assertThat(group.getIncluded().get(at)).isEqualTo(reference.included[i]);
            assertThat(group.getIncludedCorrect().get(at)).isEqualTo(reference.includedCorrect[i]);
            assertThat(group.getExcludedCorrect().get(at)).isEqualTo(reference.excludedCorrect[i]);
            assertThat(group.getMemorization().get(at))
                    .isCloseTo(reference.memorization(i), within(1e-12));
        }
    }

    private static void assertPairs(
            List<PairBlock> lists, Experiment experiment, ReferenceCounts reference) {
        Set<String> expected = new TreeSet<>();
        for (int i = 0; i < experiment.getTrainSize(); i++) {
            for (int j = 0; j < experiment.getTestSize(); j++) {
                if (reference.memorization(i) >= 0.25 && reference.influence(i, j) >= 0.15) {
                    expected.add(i + "/" + j);
                }
            }
        }
        Set<String> published = new TreeSet<>();
        for (PairBlock list : lists) {
            assertThat(list.getTrials()).isEqualTo(reference.trials);
            for (InfluencePair pair : list.getPairs()) {
                int i = pair.getTrain();
                int j = pair.getTest();
                published.add(i + "/" + j);
                assertThat(pair.getIncluded()).isEqualTo(reference.included[i]);
                assertThat(pair.getCorrect()).isEqualTo(reference.correct[j]);
                assertThat(pair.getIncludedCorrect())
                        .isEqualTo(reference.pairIncludedCorrect[i][j]);
                assertThat(pair.getInfluence()).isCloseTo(reference.influence(i, j), within(1e-12));
            }
        }
        assertThat(published).isNotEmpty().isEqualTo(expected);
    }
}
