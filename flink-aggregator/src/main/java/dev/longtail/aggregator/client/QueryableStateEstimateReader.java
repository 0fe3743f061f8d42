package dev.longtail.aggregator.client;

import dev.longtail.aggregator.client.EstimateUnavailableException.Reason;
import dev.longtail.estimators.Estimate;
import dev.longtail.estimators.counting.TileCountsView;
import dev.longtail.estimators.counting.Tiling;
import dev.longtail.schemas.Convergence;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * Reads the counters of the running job itself: any pair in scope, as of the last block counted.
 *
 * <p>A tile is one value and consistent in itself. Answers that need several tiles ask until all of
 * them are of the same block. While the job is being restored, questions wait for it up to the
 * timeout.
 */
public final class QueryableStateEstimateReader implements EstimateReader {

    /** How long a question may take where nothing else is said. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    private static final long PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 160;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Properties kafka;
    private final Duration timeout;
    private final FollowedJob followed;

    private QueryableStateEstimateReader(Properties kafka, Duration timeout, FollowedJob followed) {
        this.kafka = kafka;
        this.timeout = timeout;
        this.followed = followed;
    }

    /**
     * A reader of the job that writes to an output.
     *
     * @param kafka client properties
     * @param output the experiment's name, or that of a replay
     * @param proxy queryable-state proxy of a TaskManager; null for the one the job announced
     * @param flinkRest REST address of the cluster, to tell a job that ended from one that is being
     *     restored; null where it is unknown
     * @param timeout how long a question may take
     * @throws EstimateUnavailableException when no job announced itself, or it announced no proxy
     */
    public static QueryableStateEstimateReader open(
            Properties kafka,
            String output,
            InetSocketAddress proxy,
            URI flinkRest,
            Duration timeout)
            throws EstimateUnavailableException {
        JobFinder finder =
                new JobFinder(kafka, proxy, flinkRest == null ? null : new FlinkRest(flinkRest));
        return new QueryableStateEstimateReader(
                kafka, timeout, new FollowedJob(finder.find(output), finder));
    }

    /**
     * As {@link #open(Properties, String, InetSocketAddress, URI, Duration)} without the cluster.
     */
    public static QueryableStateEstimateReader open(
            Properties kafka, String output, InetSocketAddress proxy, Duration timeout)
            throws EstimateUnavailableException {
        return open(kafka, output, proxy, null, timeout);
    }

    @Override
    public Memorization memorization(int train) throws EstimateUnavailableException {
        int group = experiment().trainGroup(train);
        Tiling.Tile tile = tiling().tilesOfTrainGroup(group).get(0);
        TileCountsView view = read(List.of(tile)).get(0);
        int row = Tiling.placeIn(tile.train(), train);
        return new Memorization(train, Estimate.of(view.own(row)), point(view));
    }

    @Override
    public Influence influence(int train, int test) throws EstimateUnavailableException {
        Tiling.Tile tile = experiment().tile(train, test);
        return influence(tile, read(List.of(tile)).get(0), train, test);
    }

    private static Influence influence(Tiling.Tile tile, TileCountsView view, int train, int test) {
        int row = Tiling.placeIn(tile.train(), train);
        int column = Tiling.placeIn(tile.test(), test);
        return new Influence(train, test, Estimate.of(view.pair(row, column)), point(view));
    }

    @Override
    public StrongestInfluences topOfTrain(int train, int most) throws EstimateUnavailableException {
        int group = experiment().trainGroup(train);
        List<Tiling.Tile> tiles =
                tiling().tilesOfTrainGroup(group).stream()
                        .filter(tile -> tile.testGroup() != Tiling.NO_GROUP)
                        .toList();
        if (tiles.isEmpty()) {
            throw new EstimateUnavailableException(
                    Reason.OUT_OF_SCOPE,
                    "no pairs with training example %d are counted: the job's scope is %s"
                            .formatted(train, experiment().job().getScope()));
        }
        List<TileCountsView> views = read(tiles);
        List<Influence> all = new ArrayList<>();
        for (int at = 0; at < tiles.size(); at++) {
            for (int test : tiles.get(at).test()) {
                all.add(influence(tiles.get(at), views.get(at), train, test));
            }
        }
        return StrongestInfluences.of(all, most, point(views.get(0)));
    }

    @Override
    public StrongestInfluences topOfTest(int test, int most) throws EstimateUnavailableException {
        int group = experiment().testGroup(test);
        List<Tiling.Tile> tiles = tiling().tilesOfTestGroup(group);
        List<TileCountsView> views = read(tiles);
        List<Influence> all = new ArrayList<>();
        for (int at = 0; at < tiles.size(); at++) {
            for (int train : tiles.get(at).train()) {
                all.add(influence(tiles.get(at), views.get(at), train, test));
            }
        }
        return StrongestInfluences.of(all, most, point(views.get(0)));
    }

    /**
     * The counters of a tile as they are in the job's state, for readers of many pairs.
     *
     * @param tile number of the tile in {@code experiment().tiling()}
     * @throws EstimateUnavailableException when there is no answer
     */
    public TileCountsView tile(int tile) throws EstimateUnavailableException {
        return read(List.of(tiling().tile(tile))).get(0);
    }

    /** Asks until all tiles are of one block, and until a job that is being restored answers. */
    private List<TileCountsView> read(List<Tiling.Tile> tiles) throws EstimateUnavailableException {
        List<Integer> ids = tiles.stream().map(Tiling.Tile::id).toList();
        long started = System.nanoTime();
        long deadline = started + timeout.toNanos();
        long pause = PAUSE_MILLIS;
        EstimateUnavailableException last = null;
        while (last == null || System.nanoTime() < deadline) {
            JobConnection asked = followed.connection();
            try {
                List<TileCountsView> views = ask(asked, ids, deadline);
                if (views.stream().mapToLong(TileCountsView::block).distinct().count() == 1) {
                    return views;
                }
                last =
                        new EstimateUnavailableException(
                                Reason.STATE_NOT_READY,
                                "%d tiles were of different blocks whenever asked for %d ms; trials are being counted faster than the tiles can be read"
                                        .formatted(ids.size(), timeout.toMillis()));
            } catch (EstimateUnavailableException e) {
                last = e;
                followed.lookAgain(asked);
                if (!isWorthWaiting(e, started)) {
                    throw e;
                }
                // Each question costs the JobManager, too, which has a job to restore.
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            }
            pause(pause);
        }
        throw last;
    }

    /** A job that is not there at all is not waited for as long as one that is being restored. */
    private static boolean isWorthWaiting(EstimateUnavailableException e, long started) {
        return switch (e.reason()) {
            case STATE_NOT_READY -> true;
            case JOB_NOT_RUNNING -> System.nanoTime() - started < PATIENCE.toNanos();
            default -> false;
        };
    }

    private static List<TileCountsView> ask(
            JobConnection connection, List<Integer> ids, long deadline)
            throws EstimateUnavailableException {
        Duration left = Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
        return connection.client().tiles(connection.job(), ids, left).stream()
                .map(TileCountsView::new)
                .toList();
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static TrialPoint point(TileCountsView view) {
        return new TrialPoint(view.block(), view.trials());
    }

    private Tiling tiling() {
        return experiment().tiling();
    }

    @Override
    public Optional<Convergence> progress() {
        return PublishedValues.progress(kafka, experiment().topics());
    }

    @Override
    public CountedExperiment experiment() {
        return followed.connection().counted();
    }

    @Override
    public void close() {
        followed.close();
    }
}
