package dev.longtail.exchange.compare;

import dev.longtail.aggregator.client.CompactedTopic;
import dev.longtail.exchange.compare.ComparedEstimates.PairList;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.InfluencePair;
import dev.longtail.schemas.MemorizationBlock;
import dev.longtail.schemas.PairBlock;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.Split;
import dev.longtail.schemas.UndecodableRecordException;
import java.io.IOException;
import java.util.Arrays;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecordBase;

/** The newest estimates that a job has published. */
final class ExperimentEstimates {

    private final Properties kafka;
    private final ExperimentTopics topics;

    /**
     * @param kafka client properties
     * @param topics names of the experiment's topics
     */
    ExperimentEstimates(Properties kafka, ExperimentTopics topics) {
        this.kafka = kafka;
        this.topics = topics;
    }

    /**
     * Reads both topics from their beginnings to their ends of now.
     *
     * @throws IOException when there are no estimates, or some cannot be read
     */
    ComparedEstimates read() throws IOException {
        Memorization memorization = new Memorization();
        each(topics.estimatesTopic(), MemorizationBlock.class, memorization::add);
        if (memorization.trials.getCount() == 0) {
            throw new IOException(
                    "the topic %s holds no estimates: is '%s' the name of an experiment whose job runs, or a file that exists?"
                            .formatted(topics.estimatesTopic(), topics.output()));
        }
        Pairs pairs = new Pairs();
        each(topics.pairsTopic(), PairBlock.class, pairs::add);
        return new ComparedEstimates(
                topics.output(),
                "experiment %s, %s%s"
                        .formatted(topics.output(), memorization.trialsText(), pairs.warning()),
                Optional.of(memorization.values()),
                memorization.meanStandardError(),
                pairs.list());
    }

    /** Memorization out of blocks. */
    private static final class Memorization {

        private final LongSummaryStatistics trials = new LongSummaryStatistics();
        private double[] values = new double[1024];
        private double[] errors = new double[1024];
        private int size;
        private boolean convergedOnly;

        void add(MemorizationBlock block) {
            trials.accept(block.getTrials());
            convergedOnly |= block.getConvergedOnly();
            for (int at = 0; at < block.getExamples().size(); at++) {
                int example = block.getExamples().get(at);
                reach(example);
                values[example] = block.getMemorization().get(at);
                errors[example] = block.getStandardError().get(at);
            }
        }

        private void reach(int example) {
            if (example >= values.length) {
                values = Arrays.copyOf(values, Math.max(example + 1, 2 * values.length));
                errors = Arrays.copyOf(errors, values.length);
            }
            if (example >= size) {
                Arrays.fill(values, size, example + 1, Double.NaN);
                Arrays.fill(errors, size, example + 1, Double.NaN);
                size = example + 1;
            }
        }

        double[] values() {
            return Arrays.copyOf(values, size);
        }

        double meanStandardError() {
            return Arrays.stream(errors, 0, size)
                    .filter(error -> !Double.isNaN(error))
                    .average()
                    .orElse(Double.NaN);
        }

        /** A reader may come while the job publishes: then not all groups are equally new. */
        String trialsText() {
            String counted =
                    trials.getMin() == trials.getMax()
                            ? trials.getMax() + " trials"
                            : "%d to %d trials (being published)"
                                    .formatted(trials.getMin(), trials.getMax());
            return counted + ComparedEstimates.label(convergedOnly);
        }
    }

    /** High-influence pairs out of blocks. */
    private static final class Pairs {

        private final PairListBuilder pairs = new PairListBuilder();
        private double memorizationThreshold = Double.NEGATIVE_INFINITY;
        private double influenceThreshold = Double.NEGATIVE_INFINITY;
        private long truncated;

        void add(PairBlock block) {
            if (block.getSide() != Split.TRAIN) {
                return;
            }
            memorizationThreshold =
                    Math.max(memorizationThreshold, block.getMemorizationThreshold());
            influenceThreshold = Math.max(influenceThreshold, block.getInfluenceThreshold());
            truncated += block.getTruncated();
            for (InfluencePair pair : block.getPairs()) {
                pairs.add(pair.getTrain(), pair.getTest(), pair.getInfluence());
            }
        }

        String warning() {
            return truncated == 0
                    ? ""
                    : "; %d pairs are left out of its lists, so no pairs are compared (more trials leave fewer)"
                            .formatted(truncated);
        }

        Optional<PairList> list() {
            return truncated > 0 || influenceThreshold == Double.NEGATIVE_INFINITY
                    ? Optional.empty()
                    : Optional.of(
                            new PairList(pairs.build(), memorizationThreshold, influenceThreshold));
        }
    }

    private <T extends SpecificRecordBase> void each(
            String topic, Class<T> type, Consumer<T> action) throws IOException {
        RecordCodec<T> codec = RecordCodec.of(type);
        for (var entry : CompactedTopic.newestByKey(kafka, topic).entrySet()) {
            try {
                action.accept(codec.decode(entry.getValue()));
            } catch (UndecodableRecordException e) {
                throw new IOException(
                        "cannot read the value of %s in %s: %s"
                                .formatted(entry.getKey(), topic, e.getMessage()),
                        e);
            }
        }
    }
}
