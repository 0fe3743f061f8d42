package dev.longtail.exchange.importing;

import dev.longtail.schemas.PackedBits;
import dev.longtail.schemas.Trial;
import java.nio.ByteBuffer;

/**
 * A trial read from a file, complete and consistent in itself.
 *
 * @param id its identity within the experiment
 * @param trainSize n
 * @param testSize n'
 * @param mask packed inclusion mask, n bits
 * @param trainCorrect packed correctness on the training examples, n bits
 * @param testCorrect packed correctness on the test examples, n' bits
 */
public record ImportedTrial(
        String id,
        int trainSize,
        int testSize,
        byte[] mask,
        byte[] trainCorrect,
        byte[] testCorrect) {

    /** Refuses vectors of other lengths and set padding bits. */
    public ImportedTrial {
        PackedBits.requireLayout(mask, trainSize);
        PackedBits.requireLayout(trainCorrect, trainSize);
        PackedBits.requireLayout(testCorrect, testSize);
    }

    /** Number of included training examples. */
    public int subsetSize() {
        return PackedBits.count(mask);
    }

    /** The record to publish. */
    public Trial toTrial(String experiment) {
        int included = subsetSize();
        int includedCorrect = countBoth(mask, trainCorrect);
        int heldOutCorrect = PackedBits.count(trainCorrect) - includedCorrect;
        return Trial.newBuilder()
                .setExperiment(experiment)
                .setId(id)
                .setMask(ByteBuffer.wrap(mask))
                .setTrainCorrect(ByteBuffer.wrap(trainCorrect))
                .setTestCorrect(ByteBuffer.wrap(testCorrect))
                .setIncludedAccuracy(share(includedCorrect, included))
                .setHeldOutAccuracy(share(heldOutCorrect, trainSize - included))
                .setTestAccuracy(share(PackedBits.count(testCorrect), testSize))
                .setWorker("import")
                .build();
    }

    private static int countBoth(byte[] a, byte[] b) {
        byte[] both = new byte[a.length];
        for (int i = 0; i < both.length; i++) {
            both[i] = (byte) (a[i] & b[i]);
        }
        return PackedBits.count(both);
    }

    private static Double share(int correct, int of) {
        return of == 0 ? null : (double) correct / of;
    }
}
