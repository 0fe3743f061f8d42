package dev.longtail.trials.data.generated;

import dev.longtail.schemas.GroundTruth;
import dev.longtail.schemas.TwinPair;
import dev.longtail.trials.data.ByteImages;
import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.data.ExampleSet;
import dev.longtail.trials.data.ImageShape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.ListSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Draws a data set with a known long tail: digits 0 to 9, each written in styles of which few are
 * common and many are seen once (see {@link StyleFrequencies}). Planted and put on record as ground
 * truth: labels flipped to another class, examples that are the only one of their style, and test
 * examples that nearly repeat such an example, so that a model gets them right only when it saw
 * their twin.
 *
 * <p>Everything follows from the settings; the same settings give the same bytes.
 *
 * @param trainSize number of training examples, at least 10
 * @param testSize number of test examples, at least {@code twins}
 * @param side width and height of the pictures in pixels, at least 8
 * @param flippedShare share of training examples with a flipped label, in [0, 0.5)
 * @param twins number of near-duplicates, at most the number of atypical examples, about 12 % of
 *     all
 * @param seed of everything drawn
 */
public record LongTailDigits(
        int trainSize, int testSize, int side, double flippedShare, int twins, long seed) {

    /** The set that the demonstration trains on. */
    public static final LongTailDigits DEFAULT = new LongTailDigits(2_000, 1_000, 16, 0.03, 50, 1);

    private static final int CLASSES = 10;
    private static final int COMMON_RANKS = 3;
    private static final int SMALLEST_SIDE = 8;
    private static final double NOISE = 14;

    /** Share of the styles seen once that no other style gives away; twins are planted there. */
    private static final double DISGUISED_SHARE = 0.6;

    private static final double TWIN_STRENGTH = 0.12;

    /**
     * @throws IllegalArgumentException when a setting is out of range
     */
    public LongTailDigits {
        if (trainSize < CLASSES || testSize < twins || twins < 0 || side < SMALLEST_SIDE) {
            throw new IllegalArgumentException(
                    "expected at least 10 training examples, as many test examples as twins and pictures of at least 8 pixels a side, found %d, %d, %d and %d"
                            .formatted(trainSize, testSize, twins, side));
        }
        if (!(flippedShare >= 0 && flippedShare < 0.5)) {
            throw new IllegalArgumentException(
                    "expected a share of flipped labels in [0, 0.5), found " + flippedShare);
        }
    }

    /** One example before it is painted. */
    private record Draft(
            int digit,
            int rank,
            boolean onlyOne,
            WritingStyle.Oddity oddity,
            WritingStyle style,
            Hand hand) {

        Draft again(UniformRandomProvider random) {
            return new Draft(digit, rank, onlyOne, oddity, style, Hand.draw(1, random));
        }
    }

    /** Draws the set. */
    public Dataset draw() {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        List<Draft> train = new ArrayList<>();
        List<Draft> test = new ArrayList<>();
        for (int digit = 0; digit < CLASSES; digit++) {
            draftClass(digit, random, train, test);
        }
        ListSampler.shuffle(random, train);
        ListSampler.shuffle(random, test);
        List<TwinPair> pairs = plantTwins(random, train, test);
        int[] labels = train.stream().mapToInt(Draft::digit).toArray();
        List<Integer> flipped = flip(random, train, labels);
        GroundTruth truth =
                GroundTruth.newBuilder()
                        .setFlipped(flipped)
                        .setOriginalLabels(flipped.stream().map(i -> train.get(i).digit()).toList())
                        .setSeenOnce(indices(train, i -> train.get(i).onlyOne()))
                        .setTypical(
                                indices(
                                        train,
                                        i ->
                                                train.get(i).rank() == 0
                                                        && labels[i] == train.get(i).digit()))
                        .setNearDuplicates(pairs)
                        .build();
        return new Dataset(
                "generated " + this,
                new ExampleSet(paint(train, random), labels, names(train)),
                new ExampleSet(
                        paint(test, random),
                        test.stream().mapToInt(Draft::digit).toArray(),
                        names(test)),
                IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList(),
                Optional.of(truth));
    }

    private void draftClass(
            int digit, UniformRandomProvider random, List<Draft> train, List<Draft> test) {
        int trainShare = share(trainSize, digit);
        int[] counts = StyleFrequencies.of(trainShare);
        List<Draft> drafts = new ArrayList<>();
        for (int rank = 0; rank < counts.length; rank++) {
            boolean onlyOne = counts[rank] == 1;
            WritingStyle.Oddity oddity = oddity(rank, onlyOne, random);
            WritingStyle style = WritingStyle.draw(digit, oddity, random);
            Draft first = new Draft(digit, rank, onlyOne, oddity, style, Hand.draw(1, random));
            drafts.add(first);
            for (int copy = 1; copy < counts[rank]; copy++) {
                drafts.add(first.again(random));
            }
        }
        train.addAll(drafts);
        int testShare = share(testSize - twins, digit);
        for (int k = 0; k < testShare; k++) {
            test.add(drafts.get(random.nextInt(trainShare)).again(random));
        }
    }

    private static WritingStyle.Oddity oddity(
            int rank, boolean onlyOne, UniformRandomProvider random) {
        if (onlyOne) {
            return random.nextDouble() < DISGUISED_SHARE
                    ? WritingStyle.Oddity.DISGUISED
                    : WritingStyle.Oddity.RARE;
        }
        return rank < COMMON_RANKS ? WritingStyle.Oddity.COMMON : WritingStyle.Oddity.UNCOMMON;
    }

    /** Splits examples over the classes as evenly as possible. */
    private static int share(int total, int digit) {
        return total / CLASSES + (digit < total % CLASSES ? 1 : 0);
    }

    private List<TwinPair> plantTwins(
            UniformRandomProvider random, List<Draft> train, List<Draft> test) {
        List<Integer> candidates =
                indices(train, i -> train.get(i).oddity() == WritingStyle.Oddity.DISGUISED);
        if (candidates.size() < twins) {
            throw new IllegalArgumentException(
                    "expected at most %d twins, as many as atypical examples, found %d"
                            .formatted(candidates.size(), twins));
        }
        ListSampler.shuffle(random, candidates);
        List<TwinPair> pairs = new ArrayList<>();
        for (int source : candidates.subList(0, twins)) {
            int place = random.nextInt(test.size() + 1);
            test.add(place, null);
            pairs.replaceAll(
                    pair ->
                            pair.getTest() < place
                                    ? pair
                                    : new TwinPair(pair.getTrain(), pair.getTest() + 1));
            pairs.add(new TwinPair(source, place));
        }
        for (TwinPair pair : pairs) {
            Draft original = train.get(pair.getTrain());
            Hand again = Hand.draw(TWIN_STRENGTH, random);
            WritingStyle written =
                    new WritingStyle(
                            original.hand().write(original.style().strokes()),
                            original.style().penWidth());
            test.set(
                    pair.getTest(),
                    new Draft(
                            original.digit(),
                            original.rank(),
                            true,
                            original.oddity(),
                            written,
                            again));
        }
        pairs.sort(Comparator.comparing(TwinPair::getTrain));
        return pairs;
    }

    private List<Integer> flip(UniformRandomProvider random, List<Draft> train, int[] labels) {
        List<Integer> candidates = indices(train, i -> !train.get(i).onlyOne());
        ListSampler.shuffle(random, candidates);
        int count = Math.min(candidates.size(), (int) Math.round(flippedShare * trainSize));
        List<Integer> flipped = candidates.subList(0, count).stream().sorted().toList();
        for (int i : flipped) {
            labels[i] = (labels[i] + 1 + random.nextInt(CLASSES - 1)) % CLASSES;
        }
        return flipped;
    }

    private ByteImages paint(List<Draft> drafts, UniformRandomProvider random) {
        GlyphPainter painter = new GlyphPainter(side);
        ByteBuffer pixels = ByteBuffer.allocate(drafts.size() * side * side);
        for (Draft draft : drafts) {
            pixels.put(
                    painter.paint(
                            draft.hand().write(draft.style().strokes()),
                            draft.style().penWidth(),
                            NOISE,
                            random));
        }
        return new ByteImages(new ImageShape(side, side, 1), pixels.flip());
    }

    private static List<String> names(List<Draft> drafts) {
        return drafts.stream()
                .map(draft -> "digit %d, style %d".formatted(draft.digit(), draft.rank()))
                .toList();
    }

    private static List<Integer> indices(
            List<Draft> drafts, java.util.function.IntPredicate wanted) {
        return new ArrayList<>(IntStream.range(0, drafts.size()).filter(wanted).boxed().toList());
    }
}
