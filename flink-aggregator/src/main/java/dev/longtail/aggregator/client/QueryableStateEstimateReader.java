package dev.longtail.aggregator.client;

import dev.longtail.aggregator.client.EstimateUnavailableException.Reason;
import dev.longtail.aggregator.folding.TileQuestion;
import dev.longtail.estimators.Estimate;
import dev.longtail.estimators.counting.TileCountsView;
import dev.longtail.estimators.counting.TilePart;
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
import java.util.function.Function;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

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
        TilePart part = TilePart.own(Tiling.placeIn(tile.train(), train));
        TileCountsView view = read(List.of(tile), whole -> part).get(0);
        return new Memorization(train, Estimate.of(view.own(0)), point(view));
    }

    @Override
    public Influence influence(int train, int test) throws EstimateUnavailableException {
        Tiling.Tile tile = experiment().tile(train, test);
        TilePart part =
                TilePart.pair(
                        Tiling.placeIn(tile.train(), train), Tiling.placeIn(tile.test(), test));
        TileCountsView view = read(List.of(tile), whole -> part).get(0);
        return influence(train, test, view, 0, 0);
    }

    private static Influence influence(
            int train, int test, TileCountsView view, int row, int column) {
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
        List<TileCountsView> views = read(tiles, tile -> row(tile, train));
        List<Influence> all = new ArrayList<>();
        for (int at = 0; at < tiles.size(); at++) {
            int[] tests = tiles.get(at).test();
            for (int column = 0; column < tests.length; column++) {
                all.add(influence(train, tests[column], views.get(at), 0, column));
            }
        }
        return StrongestInfluences.of(all, most, point(views.get(0)));
    }

    @Override
    public StrongestInfluences topOfTest(int test, int most) throws EstimateUnavailableException {
        int group = experiment().testGroup(test);
        List<Tiling.Tile> tiles = tiling().tilesOfTestGroup(group);
        List<TileCountsView> views = read(tiles, tile -> column(tile, test));
        List<Influence> all = new ArrayList<>();
        for (int at = 0; at < tiles.size(); at++) {
            int[] trains = tiles.get(at).train();
            for (int row = 0; row < trains.length; row++) {
                all.add(influence(trains[row], test, views.get(at), row, 0));
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
        return read(List.of(tile), Types.INT).get(0);
    }

    private static TilePart row(Tiling.Tile tile, int train) {
        return new TilePart(Tiling.placeIn(tile.train(), train), 1, 0, tile.test().length);
    }

    private static TilePart column(Tiling.Tile tile, int test) {
        return new TilePart(0, tile.train().length, Tiling.placeIn(tile.test(), test), 1);
    }

    private List<TileCountsView> read(List<Tiling.Tile> tiles, Function<Tiling.Tile, TilePart> part)
            throws EstimateUnavailableException {
        return read(
                tiles.stream().map(tile -> new TileQuestion(tile.id(), part.apply(tile))).toList(),
                TileQuestion.TYPE);
    }

    /** Asks until all tiles are of one block, and until a job that is being restored answers. */
    private <K> List<TileCountsView> read(List<K> keys, TypeInformation<K> type)
            throws EstimateUnavailableException {
        long started = System.nanoTime();
        long deadline = started + timeout.toNanos();
        long pause = PAUSE_MILLIS;
        EstimateUnavailableException last = null;
        while (last == null || System.nanoTime() < deadline) {
            JobConnection asked = followed.connection();
            try {
                List<TileCountsView> views = ask(asked, keys, type, deadline);
                if (views.stream().mapToLong(TileCountsView::block).distinct().count() == 1) {
                    return views;
                }
                last =
                        new EstimateUnavailableException(
                                Reason.STATE_NOT_READY,
                                "%d tiles were of different blocks whenever asked for %d ms; trials are being counted faster than the tiles can be read"
                                        .formatted(keys.size(), timeout.toMillis()));
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

    private static <K> List<TileCountsView> ask(
            JobConnection connection, List<K> keys, TypeInformation<K> type, long deadline)
            throws EstimateUnavailableException {
        Duration left = Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
        return connection.client().tiles(connection.job(), keys, type, left).stream()
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
