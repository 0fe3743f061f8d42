package dev.longtail.dashboard.state;

import dev.longtail.dashboard.model.ExperimentDescription;
import dev.longtail.dashboard.state.JobState.NoAnswerException;
import dev.longtail.estimators.ClassInfluence;
import dev.longtail.estimators.Estimate;
import dev.longtail.estimators.counting.TileCountsView;
import dev.longtail.estimators.counting.Tiling;
import dev.longtail.schemas.Split;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Mean influence of every class on every class over all pairs in scope. It takes reading the whole
 * state, so it is done in the background while somebody looks, one experiment at a time, and again
 * only after twenty times as long as it took.
 */
public final class ClassInfluenceSurvey implements AutoCloseable {

    private static final Duration SHORTEST_REST = Duration.ofSeconds(15);
    private static final int REST_FACTOR = 20;
    private static final Duration LAST_ANSWER = Duration.ofSeconds(10);

    /**
     * How far a survey is.
     *
     * @param tiles tiles in scope
     * @param done of them read in the survey under way; equal to {@code tiles} when none is
     * @param problem why it could not be finished; null where it could
     * @param result the last finished survey; null before the first
     */
    public record State(int tiles, int done, String problem, Result result) {}

    /**
     * A finished survey.
     *
     * @param fewestTrials of the tiles: the job may have counted on while they were read
     * @param mostTrials of the tiles
     */
    public record Result(ClassInfluence influence, long fewestTrials, long mostTrials) {}

    private static final class Survey {
        private volatile State state = new State(0, 0, null, null);
        private volatile boolean running;
        private volatile long restUntil = System.nanoTime();
    }

    private final JobState jobs;
    private final Map<String, Survey> surveys = new ConcurrentHashMap<>();
    private volatile boolean closed;
    private final ExecutorService worker =
            Executors.newSingleThreadExecutor(
                    task -> {
                        Thread thread = new Thread(task, "survey-classes");
                        thread.setDaemon(true);
                        return thread;
                    });

    /** Surveys that read the given jobs' state. */
    public ClassInfluenceSurvey(JobState jobs) {
        this.jobs = jobs;
    }

    /** The state of an output's survey; begins one where it is time to. */
    public State look(String output, ExperimentDescription description) {
        Survey survey = surveys.computeIfAbsent(output, o -> new Survey());
        synchronized (survey) {
            if (!closed && !survey.running && System.nanoTime() - survey.restUntil >= 0) {
                survey.running = true;
                worker.execute(() -> run(output, description, survey));
            }
        }
        return survey.state;
    }

    /** Lets the question under way be answered: to interrupt it would be an error of its reader. */
    @Override
    public void close() {
        closed = true;
        worker.shutdown();
        try {
            if (!worker.awaitTermination(LAST_ANSWER.toMillis(), TimeUnit.MILLISECONDS)) {
                worker.shutdownNow();
            }
        } catch (InterruptedException e) {
            worker.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void run(String output, ExperimentDescription description, Survey survey) {
        long began = System.nanoTime();
        Result last = survey.state.result();
        try {
            Tiling tiling = jobs.ask(output, reader -> reader.experiment()).tiling();
            survey.state = new State(tiling.tileCount(), 0, null, last);
            Result result = read(output, description, tiling, survey);
            survey.state = new State(tiling.tileCount(), tiling.tileCount(), null, result);
        } catch (NoAnswerException e) {
            survey.state = new State(0, 0, e.getMessage(), last);
        } catch (RuntimeException e) {
            survey.state = new State(0, 0, "error in the dashboard: " + e, last);
        } finally {
            long rest =
                    Math.max(SHORTEST_REST.toNanos(), REST_FACTOR * (System.nanoTime() - began));
            survey.restUntil = System.nanoTime() + Math.min(rest, TimeUnit.HOURS.toNanos(1));
            survey.running = false;
        }
    }

    private Result read(
            String output, ExperimentDescription description, Tiling tiling, Survey survey)
            throws NoAnswerException {
        ClassInfluence influence = new ClassInfluence(description.classes());
        long fewest = Long.MAX_VALUE;
        long most = 0;
        for (Tiling.Tile tile : tiling.tiles()) {
            if (closed) {
                throw new NoAnswerException("the dashboard is closing", true);
            }
            if (tile.testGroup() != Tiling.NO_GROUP) {
                TileCountsView view = jobs.ask(output, reader -> reader.tile(tile.id()));
                add(influence, description, tile, view);
                fewest = Math.min(fewest, view.trials());
                most = Math.max(most, view.trials());
            }
            State before = survey.state;
            survey.state = new State(before.tiles(), before.done() + 1, null, before.result());
        }
        return new Result(influence, most == 0 ? 0 : fewest, most);
    }

    private static void add(
            ClassInfluence influence,
            ExperimentDescription description,
            Tiling.Tile tile,
            TileCountsView view) {
        for (int row = 0; row < view.rows(); row++) {
            int from = description.label(Split.TRAIN, tile.train()[row]);
            for (int column = 0; column < view.columns(); column++) {
                int to = description.label(Split.TEST, tile.test()[column]);
                if (from >= 0 && to >= 0 && to < influence.classes()) {
                    Estimate pair = Estimate.of(view.pair(row, column));
                    influence.add(from, to, pair.value(), pair.standardError());
                }
            }
        }
    }
}
