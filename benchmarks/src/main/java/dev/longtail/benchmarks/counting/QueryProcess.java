package dev.longtail.benchmarks.counting;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longtail.aggregator.client.EstimateReader;
import dev.longtail.aggregator.client.QueryableStateEstimateReader;
import dev.longtail.local.process.StopRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * Asks a running job in a process of its own: what else a benchmark does, generating trials and
 * reading all estimates, makes garbage, whose collections would be taken for the job's time.
 *
 * <p>Writes {@value #READY} into its directory when the questions count and, when it is asked to
 * stop, {@value #ANSWERS}.
 */
public final class QueryProcess implements AutoCloseable {

    private static final String READY = "asking";
    private static final String ANSWERS = "answers.json";

    /** As one that has asked for a while: its first answers wait for its own compilers. */
    private static final int WARM_UP = 2_000;

    private static final int THREADS = 2;

    /** Short collections: an answer is a part of a tile, and nothing of it stays. */
    private static final List<String> JVM_OPTIONS = List.of("-Xmx256m", "-XX:+UseSerialGC");

    private final BenchProcess process;
    private final Path directory;

    private QueryProcess(BenchProcess process, Path directory) {
        this.process = process;
        this.directory = directory;
    }

    /**
     * How long answers took.
     *
     * @param pairs about pairs; null where none was asked for
     * @param examples about training examples
     * @param unanswered questions without an answer
     */
    record Answers(Times pairs, Times examples, int unanswered) {}

    /** Starts to ask and returns when the questions count. */
    static QueryProcess start(
            Path directory, String bootstrapServers, Scenario scenario, long pauseMillis)
            throws IOException, InterruptedException {
        List<String> arguments =
                List.of(
                        directory.toString(),
                        bootstrapServers,
                        new ObjectMapper().writeValueAsString(scenario),
                        String.valueOf(pauseMillis));
        BenchProcess process =
                BenchProcess.start(
                        QueryProcess.class,
                        JVM_OPTIONS,
                        arguments,
                        directory.resolve("queries.log"));
        QueryProcess asking = new QueryProcess(process, directory);
        while (!Files.exists(directory.resolve(READY))) {
            asking.requireAlive();
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return asking;
    }

    /**
     * @throws IOException when it has ended, with the last lines of its log
     */
    void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw process.failure("ended instead of asking");
        }
    }

    /** Stops asking; what was answered until now. */
    Answers stop() throws IOException, InterruptedException {
        requireAlive();
        process.close();
        Path answers = directory.resolve(ANSWERS);
        if (!Files.exists(answers)) {
            throw process.failure("did not say what it was answered");
        }
        return new ObjectMapper().readValue(answers.toFile(), Answers.class);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.close();
    }

    /** Asks. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        Scenario scenario = new ObjectMapper().readValue(arguments[2], Scenario.class);
        Properties client = new Properties();
        client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, arguments[1]);
        EstimateReader reader =
                QueryableStateEstimateReader.open(
                        client,
                        scenario.experiment(),
                        null,
                        QueryableStateEstimateReader.DEFAULT_TIMEOUT);
        QueryLoads queries = new QueryLoads(scenario, reader, Long.parseLong(arguments[3]));
        queries.warmUp(WARM_UP);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        queries.start(threads);
        StopRequest.beforeExit(() -> write(queries, directory));
        Files.createFile(directory.resolve(READY));
        StopRequest.watch();
        Thread.currentThread().join();
    }

    private static void write(QueryLoads queries, Path directory) {
        try {
            queries.stop();
            Path part = directory.resolve(ANSWERS + ".part");
            new ObjectMapper()
                    .writeValue(
                            part.toFile(),
                            new Answers(
                                    queries.pairTimes(),
                                    queries.exampleTimes(),
                                    queries.unanswered()));
            Files.move(part, directory.resolve(ANSWERS), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("the answers' times cannot be written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
