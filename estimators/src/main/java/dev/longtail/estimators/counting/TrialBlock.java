package dev.longtail.estimators.counting;

import java.util.List;

/**
 * A block of trials ready to be sent to tiles: its number, how many trials came before it, and the
 * bit columns of all examples.
 *
 * <p>Immutable; making one of packed vectors costs the transposition of the whole block, so keep it
 * while its tiles are sent.
 */
public final class TrialBlock {

    private final long number;
    private final long trialsBefore;
    private final boolean publish;
    private final BitColumns masks;
    private final BitColumns trainCorrect;
    private final BitColumns testCorrect;

    /**
     * Transposes a block.
     *
     * @param number the block's number, counted from 1 without gaps
     * @param trialsBefore trials in all blocks before it
     * @param publish whether estimates are to be published after this block
     * @param masks per trial the packed inclusion mask over the n training examples
     * @param trainCorrect per trial the packed correctness on the n training examples
     * @param testCorrect per trial the packed correctness on the n' test examples
     * @param trainSize n
     * @param testSize n'
     * @throws IllegalArgumentException when the lists or vectors have other lengths, or there is no
     *     trial
     */
    public TrialBlock(
            long number,
            long trialsBefore,
            boolean publish,
            List<byte[]> masks,
            List<byte[]> trainCorrect,
            List<byte[]> testCorrect,
            int trainSize,
            int testSize) {
        this(
                number,
                trialsBefore,
                publish,
                BitColumns.transpose(masks, trainSize),
                BitColumns.transpose(trainCorrect, trainSize),
                BitColumns.transpose(testCorrect, testSize));
    }

    /**
     * A block whose vectors are transposed.
     *
     * @param number the block's number, counted from 1 without gaps
     * @param trialsBefore trials in all blocks before it
     * @param publish whether estimates are to be published after this block
     * @param masks inclusion of the n training examples
     * @param trainCorrect correctness on them
     * @param testCorrect correctness on the n' test examples
     * @throws IllegalArgumentException when they are not of the same trials or training examples,
     *     or there is no trial
     */
    public TrialBlock(
            long number,
            long trialsBefore,
            boolean publish,
            BitColumns masks,
            BitColumns trainCorrect,
            BitColumns testCorrect) {
        if (masks.trials() == 0
                || masks.trials() != trainCorrect.trials()
                || masks.trials() != testCorrect.trials()) {
            throw new IllegalArgumentException(
                    "expected as many masks as vectors and at least one, found %d masks, %d train and %d test vectors"
                            .formatted(
                                    masks.trials(), trainCorrect.trials(), testCorrect.trials()));
        }
        if (masks.examples() != trainCorrect.examples()) {
            throw new IllegalArgumentException(
                    "expected masks and train vectors over the same examples, found %d and %d"
                            .formatted(masks.examples(), trainCorrect.examples()));
        }
        this.number = number;
        this.trialsBefore = trialsBefore;
        this.publish = publish;
        this.masks = masks;
        this.trainCorrect = trainCorrect;
        this.testCorrect = testCorrect;
    }

    /** The block's number. */
    public long number() {
        return number;
    }

    /** Number of trials in the block. */
    public int trials() {
        return masks.trials();
    }

    /**
     * What the tiles of a group of training examples share, as bytes for {@link #tile}.
     *
     * @param trainExamples indices of the group's examples: the rows of its tiles
     */
    public byte[] rows(int[] trainExamples) {
        return TileBlock.encodeRows(masks, trainCorrect, trainExamples, trialsBefore % 2 == 0);
    }

    /**
     * What the tiles of a group of test examples share, as bytes for {@link #tile}.
     *
     * @param testExamples indices of the group's examples: the columns of its tiles; may be empty
     */
    public byte[] columns(int[] testExamples) {
        return TileBlock.encodePlanes(testCorrect, testExamples);
    }

    /**
     * The record for one tile, to be read by {@link TileBlock#decode}.
     *
     * @param rows from {@link #rows} of this block
     * @param columns from {@link #columns} of this block
     */
    public TileRecord tile(byte[] rows, byte[] columns) {
        return TileBlock.encode(number, trialsBefore, publish, trials(), rows, columns);
    }
}
