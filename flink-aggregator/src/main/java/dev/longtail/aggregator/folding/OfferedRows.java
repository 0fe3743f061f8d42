package dev.longtail.aggregator.folding;

import dev.longtail.estimators.InOutCounts;
import java.util.Arrays;

/**
 * Training examples and the counts of their memorization, numbered as they come. Numbers, not
 * objects: every training example is offered to every test group, and a pass at CIFAR-100's size
 * would keep 1.6 million objects alive that each collection copies or looks through.
 */
final class OfferedRows {

    private static final int TRAIN = 0;
    private static final int IN = 1;
    private static final int IN_CORRECT = 2;
    private static final int OUT_CORRECT = 3;
    private static final int FIELDS = 4;

    private int[] fields = new int[FIELDS * 512];
    private int size;

    /** Adds one and returns its number, from 0. */
    int add(int train, InOutCounts own) {
        int at = FIELDS * size;
        if (at == fields.length) {
            fields = Arrays.copyOf(fields, Math.multiplyExact(2, at));
        }
        fields[at + TRAIN] = train;
        fields[at + IN] = (int) own.in();
        fields[at + IN_CORRECT] = (int) own.inCorrect();
        fields[at + OUT_CORRECT] = (int) own.outCorrect();
        return size++;
    }

    int train(int row) {
        return fields[FIELDS * row + TRAIN];
    }

    /** in(i). */
    int in(int row) {
        return fields[FIELDS * row + IN];
    }

    int inCorrect(int row) {
        return fields[FIELDS * row + IN_CORRECT];
    }

    int outCorrect(int row) {
        return fields[FIELDS * row + OUT_CORRECT];
    }
}
