package dev.longtail.dashboard.model;

import dev.longtail.estimators.Estimate;
import dev.longtail.estimators.InOutCounts;
import dev.longtail.schemas.MemorizationBlock;
import java.util.List;

/**
 * Counters of one group of training examples, all from the same trials. Arrays have the length and
 * order of {@code examples}; nobody writes to them.
 *
 * @param attempt the job's attempt; of two values the higher attempt counts, then the higher block
 * @param block number of the last block of trials counted
 * @param largestInfluence empty where no pairs are in scope
 * @param largestInfluenceTest empty where no pairs are in scope
 * @param meanInfluence empty where no pairs are in scope
 */
public record GroupEstimates(
        int group,
        int groups,
        long attempt,
        long block,
        long emittedAt,
        long trials,
        int[] examples,
        int[] included,
        int[] includedCorrect,
        int[] excludedCorrect,
        float[] largestInfluence,
        int[] largestInfluenceTest,
        float[] meanInfluence)
        implements GroupValue {

    /**
     * The counters of a published block.
     *
     * @throws IllegalArgumentException when the block's arrays disagree in length
     */
    public static GroupEstimates of(MemorizationBlock block) {
        int size = block.getExamples().size();
        requireLength("included", block.getIncluded(), size);
        requireLength("includedCorrect", block.getIncludedCorrect(), size);
        requireLength("excludedCorrect", block.getExcludedCorrect(), size);
        return new GroupEstimates(
                block.getGroup(),
                block.getGroups(),
                block.getAttempt(),
                block.getBlock(),
                block.getEmittedAt().toEpochMilli(),
                block.getTrials(),
                Primitives.ints(block.getExamples()),
                Primitives.ints(block.getIncluded()),
                Primitives.ints(block.getIncludedCorrect()),
                Primitives.ints(block.getExcludedCorrect()),
                optional(Primitives.floats(block.getLargestInfluence()), size),
                block.getLargestInfluenceTest().size() == size
                        ? Primitives.ints(block.getLargestInfluenceTest())
                        : new int[0],
                optional(Primitives.floats(block.getMeanInfluence()), size));
    }

    /** Number of examples of the group. */
    public int size() {
        return examples.length;
    }

    /**
     * Counters of memorization of one example.
     *
     * @param position position within {@code examples}
     */
    public InOutCounts counts(int position) {
        return new InOutCounts(
                included[position],
                includedCorrect[position],
                trials - included[position],
                excludedCorrect[position]);
    }

    /** Memorization of the example at a position. */
    public Estimate memorization(int position) {
        return Estimate.of(counts(position));
    }

    private static void requireLength(String name, List<?> array, int size) {
        if (array.size() != size) {
            throw new IllegalArgumentException(
                    "expected %d entries in '%s' as in 'examples', found %d"
                            .formatted(size, name, array.size()));
        }
    }

    private static float[] optional(float[] array, int size) {
        return array.length == size ? array : new float[0];
    }
}
