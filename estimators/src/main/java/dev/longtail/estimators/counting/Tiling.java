package dev.longtail.estimators.counting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The pairs in scope as tiles: each tile is a group of training examples times a group of test
 * examples. A pure function of sizes, labels, scope and tile limits, so that the job and its
 * readers agree on it without talking.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>The train groups hold every training example exactly once; test groups are disjoint.
 *   <li>Every train group has at least one tile, whose test side may be empty: memorization is
 *       counted in each tile of the group.
 *   <li>Tiles are numbered from 0, train group by train group; the tiles of a train group by rising
 *       test group.
 *   <li>Examples of a group rise strictly; no group exceeds its limit.
 *   <li>A pair is in scope exactly when one tile holds it.
 * </ol>
 */
public final class Tiling {

    /** The test group of a tile without test examples. */
    public static final int NO_GROUP = -1;

    private static final int[] EMPTY = {};

    private final int trainSize;
    private final int testSize;
    private final List<int[]> trainGroups;
    private final List<int[]> testGroups;
    private final int[] groupOfTrain;
    private final int[] groupOfTest;
    private final List<Tile> tiles = new ArrayList<>();
    private final List<List<Tile>> tilesOfTrainGroup = new ArrayList<>();
    private final List<List<Tile>> tilesOfTestGroup = new ArrayList<>();

    /** Asked for with every group that is published; some tilings have thousands of tiles. */
    private long pairsInScope;

    /**
     * One tile.
     *
     * @param id its number, which is its key in the job's state
     * @param trainGroup its group of training examples
     * @param testGroup its group of test examples, {@link #NO_GROUP} where it has none
     * @param train indices of its training examples: its rows, not a copy
     * @param test indices of its test examples: its columns, maybe none, not a copy
     */
    public record Tile(int id, int trainGroup, int testGroup, int[] train, int[] test) {

        /** Number of pairs. */
        public long pairs() {
            return (long) train.length * test.length;
        }
    }

    private Tiling(int trainSize, int testSize, List<int[]> trainGroups, List<int[]> testGroups) {
        this.trainSize = trainSize;
        this.testSize = testSize;
        this.trainGroups = trainGroups;
        this.testGroups = testGroups;
        this.groupOfTrain = groupsOf(trainSize, trainGroups);
        this.groupOfTest = groupsOf(testSize, testGroups);
        testGroups.forEach(group -> tilesOfTestGroup.add(new ArrayList<>()));
    }

    /**
     * The tiling of an experiment.
     *
     * @param trainSize n, at least 1
     * @param testSize n', at least 0
     * @param trainLabels label of every training example; read by {@link PairScope.SameClass} only
     * @param testLabels label of every test example; likewise
     * @param limits largest sizes of a tile
     * @throws IllegalArgumentException when the scope does not fit the experiment: labels missing
     *     or of the wrong length, subset out of range
     */
    public static Tiling of(
            PairScope scope,
            int trainSize,
            int testSize,
            int[] trainLabels,
            int[] testLabels,
            TileLimits limits) {
        if (trainSize < 1 || testSize < 0) {
            throw new IllegalArgumentException(
                    "expected at least 1 training and 0 test examples, found %d and %d"
                            .formatted(trainSize, testSize));
        }
        if (scope instanceof PairScope.SameClass) {
            requireLabels("training", trainLabels, trainSize);
            requireLabels("test", testLabels, testSize);
            return sameClass(trainLabels, testLabels, limits);
        }
        int[] test = testExamples(scope, testSize);
        List<int[]> trainGroups = split(range(trainSize), limits.train());
        List<int[]> testGroups = split(test, limits.test());
        Tiling tiling = new Tiling(trainSize, testSize, trainGroups, testGroups);
        for (int group = 0; group < trainGroups.size(); group++) {
            tiling.addTiles(group, 0, testGroups.size());
        }
        return tiling;
    }

    private static int[] testExamples(PairScope scope, int testSize) {
        if (scope instanceof PairScope.TestSubset subset) {
            int[] examples = subset.examples();
            if (examples[examples.length - 1] >= testSize) {
                throw new IllegalArgumentException(
                        "expected indices of test examples from 0 to %d, found %d"
                                .formatted(testSize - 1, examples[examples.length - 1]));
            }
            return examples;
        }
        return scope instanceof PairScope.All ? range(testSize) : EMPTY;
    }

    private static Tiling sameClass(int[] trainLabels, int[] testLabels, TileLimits limits) {
        Map<Integer, List<Integer>> trainByClass = byClass(trainLabels);
        Map<Integer, List<Integer>> testByClass = byClass(testLabels);
        List<int[]> trainGroups = new ArrayList<>();
        List<int[]> testGroups = new ArrayList<>();
        List<int[]> testRanges = new ArrayList<>();
        trainByClass.forEach(
                (label, members) -> {
                    int first = testGroups.size();
                    testGroups.addAll(
                            split(
                                    indices(testByClass.getOrDefault(label, List.of())),
                                    limits.test()));
                    for (int[] group : split(indices(members), limits.train())) {
                        trainGroups.add(group);
                        testRanges.add(new int[] {first, testGroups.size()});
                    }
                });
        Tiling tiling = new Tiling(trainLabels.length, testLabels.length, trainGroups, testGroups);
        for (int group = 0; group < trainGroups.size(); group++) {
            tiling.addTiles(group, testRanges.get(group)[0], testRanges.get(group)[1]);
        }
        return tiling;
    }

    private void addTiles(int trainGroup, int firstTestGroup, int endTestGroup) {
        List<Tile> row = new ArrayList<>();
        int[] train = trainGroups.get(trainGroup);
        for (int group = firstTestGroup; group < endTestGroup; group++) {
            Tile tile =
                    new Tile(
                            tiles.size() + row.size(),
                            trainGroup,
                            group,
                            train,
                            testGroups.get(group));
            row.add(tile);
            tilesOfTestGroup.get(group).add(tile);
        }
        if (row.isEmpty()) {
            row.add(new Tile(tiles.size(), trainGroup, NO_GROUP, train, EMPTY));
        }
        tiles.addAll(row);
        row.forEach(tile -> pairsInScope += tile.pairs());
        tilesOfTrainGroup.add(row);
    }

    /** n. */
    public int trainSize() {
        return trainSize;
    }

    /** n'. */
    public int testSize() {
        return testSize;
    }

    /** All tiles; the tile at place k has the number k. */
    public List<Tile> tiles() {
        return List.copyOf(tiles);
    }

    /** One tile. */
    public Tile tile(int id) {
        return tiles.get(id);
    }

    /** Number of tiles. */
    public int tileCount() {
        return tiles.size();
    }

    /** Number of train groups. */
    public int trainGroupCount() {
        return trainGroups.size();
    }

    /** Number of test groups; 0 when no pairs are in scope. */
    public int testGroupCount() {
        return testGroups.size();
    }

    /** Training examples of a group, not a copy. */
    public int[] trainGroup(int group) {
        return trainGroups.get(group);
    }

    /** Test examples of a group, not a copy. */
    public int[] testGroup(int group) {
        return testGroups.get(group);
    }

    /** The tiles of a train group, at least one. */
    public List<Tile> tilesOfTrainGroup(int group) {
        return List.copyOf(tilesOfTrainGroup.get(group));
    }

    /** The tiles of a test group; none where its class has no training example. */
    public List<Tile> tilesOfTestGroup(int group) {
        return List.copyOf(tilesOfTestGroup.get(group));
    }

    /** The group of a training example. */
    public int trainGroupOf(int train) {
        return groupOfTrain[train];
    }

    /** The group of a test example, {@link #NO_GROUP} where no pair of it is in scope. */
    public int testGroupOf(int test) {
        return groupOfTest[test];
    }

    /** The tile that counts a pair; empty where the pair is out of scope. */
    public OptionalInt tileOf(int train, int test) {
        int testGroup = groupOfTest[test];
        return tilesOfTrainGroup.get(groupOfTrain[train]).stream()
                .filter(tile -> tile.testGroup() == testGroup && testGroup != NO_GROUP)
                .mapToInt(Tile::id)
                .findFirst();
    }

    /** Place of an example within its group: its row or column in the group's tiles. */
    public static int placeIn(int[] group, int example) {
        return Arrays.binarySearch(group, example);
    }

    /** N, the number of pairs in scope. */
    public long pairsInScope() {
        return pairsInScope;
    }

    private static int[] groupsOf(int size, List<int[]> groups) {
        int[] groupOf = new int[size];
        Arrays.fill(groupOf, NO_GROUP);
        for (int group = 0; group < groups.size(); group++) {
            for (int example : groups.get(group)) {
                groupOf[example] = group;
            }
        }
        return groupOf;
    }

    /** Cuts into as few parts as the limit allows, of sizes that differ by at most one. */
    private static List<int[]> split(int[] examples, int limit) {
        int parts = (int) ((examples.length + (long) limit - 1) / limit);
        List<int[]> groups = new ArrayList<>(parts);
        for (int part = 0; part < parts; part++) {
            groups.add(
                    Arrays.copyOfRange(
                            examples,
                            (int) ((long) examples.length * part / parts),
                            (int) ((long) examples.length * (part + 1) / parts)));
        }
        return groups;
    }

    private static Map<Integer, List<Integer>> byClass(int[] labels) {
        Map<Integer, List<Integer>> members = new TreeMap<>();
        for (int example = 0; example < labels.length; example++) {
            members.computeIfAbsent(labels[example], label -> new ArrayList<>()).add(example);
        }
        return members;
    }

    private static int[] indices(List<Integer> examples) {
        return examples.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int[] range(int size) {
        int[] examples = new int[size];
        Arrays.setAll(examples, example -> example);
        return examples;
    }

    private static void requireLabels(String what, int[] labels, int size) {
        if (labels == null || labels.length != size) {
            throw new IllegalArgumentException(
                    "the scope same-class needs a label for each of the %d %s examples, found %s; describe the experiment with labels or choose another scope"
                            .formatted(size, what, labels == null ? "none" : labels.length));
        }
    }
}
