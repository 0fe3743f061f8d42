package dev.longtail.trials.training;

import dev.longtail.schemas.PackedBits;
import dev.longtail.trials.data.Dataset;
import dev.longtail.trials.sampling.BatchOrder;
import dev.longtail.trials.sampling.SubsetSampler;
import dev.longtail.trials.sampling.TrialSeeds;

/**
 * What a trial will see, as its seeds say.
 *
 * @param seeds of the trial
 * @param included training examples, ascending
 * @param order in which they come
 */
record TrialPlan(TrialSeeds seeds, int[] included, BatchOrder order) {

    static TrialPlan of(TrialSeeds seeds, SubsetSampler sampler, Optimizer optimizer) {
        int[] included = sampler.draw(seeds);
        return new TrialPlan(
                seeds,
                included,
                new BatchOrder(
                        included, optimizer.batchSize(), TrialSeeds.generator(seeds.order())));
    }

    TrialOutcome outcome(
            Dataset dataset,
            byte[] trainCorrect,
            byte[] testCorrect,
            float loss,
            TrialOutcome.Timings timings) {
        int trainSize = dataset.train().size();
        byte[] mask = new byte[PackedBits.byteLength(trainSize)];
        for (int i : included) {
            PackedBits.set(mask, i);
        }
        return new TrialOutcome(
                mask, trainCorrect, testCorrect, trainSize, dataset.test().size(), loss, timings);
    }
}
