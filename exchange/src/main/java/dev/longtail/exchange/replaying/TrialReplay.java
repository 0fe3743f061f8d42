package dev.longtail.exchange.replaying;

import dev.longtail.aggregator.client.CompactedTopic;
import dev.longtail.aggregator.source.RawRecord;
import dev.longtail.aggregator.validation.InvalidTrialException;
import dev.longtail.aggregator.validation.ReceivedTrial;
import dev.longtail.aggregator.validation.TrialValidator;
import dev.longtail.exchange.counting.TrialSpool;
import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.ExperimentTopics;
import dev.longtail.schemas.SamplerKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the trials that are in Kafka now, whatever the job is doing: the same records are refused
 * as by the job, and of each id the first content is taken.
 */
public final class TrialReplay {

    private static final Logger LOG = LoggerFactory.getLogger(TrialReplay.class);

    private final TrialValidator validator;
    private final boolean convergedOnly;
    private final TrialSpool spool;
    private final Map<String, byte[]> digests = new HashMap<>();
    private long duplicates;
    private long conflicts;
    private long rejected;
    private long notConverged;

    private TrialReplay(Experiment experiment, boolean convergedOnly, TrialSpool spool) {
        boolean fixedSize = experiment.getSampler().getKind() == SamplerKind.FIXED_SIZE;
        this.validator =
                new TrialValidator(
                        experiment.getName(),
                        experiment.getTrainSize(),
                        experiment.getTestSize(),
                        fixedSize
                                ? OptionalInt.of(experiment.getSampler().getSubsetSize())
                                : OptionalInt.empty());
        this.convergedOnly = convergedOnly;
        this.spool = spool;
    }

    /**
     * Reads the trials.
     *
     * @param kafka properties of Kafka clients
     * @param convergedOnly whether trials that did not converge are left out
     * @param spool receives the trials, in the order of their offsets within each partition
     * @param progress is told after each record how many were read
     */
    public static ReplayTally read(
            Properties kafka,
            Experiment experiment,
            boolean convergedOnly,
            TrialSpool spool,
            LongConsumer progress)
            throws IOException {
        TrialReplay replay = new TrialReplay(experiment, convergedOnly, spool);
        long[] seen = {0};
        try {
            CompactedTopic.forEach(
                    kafka,
                    ExperimentTopics.of(experiment.getName()).trialsTopic(),
                    (key, record) -> {
                        replay.take(record);
                        progress.accept(++seen[0]);
                    });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return replay.tally();
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            ReceivedTrial trial =
                    validator.validate(
                            new RawRecord(
                                    record.topic(),
                                    record.partition(),
                                    record.offset(),
                                    record.timestamp(),
                                    record.key(),
                                    record.value()));
            take(trial);
        } catch (InvalidTrialException e) {
            rejected++;
            LOG.warn(
                    "not counted: topic {}, partition {}, offset {}: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }

    private void take(ReceivedTrial trial) {
        byte[] before = digests.putIfAbsent(trial.id(), trial.digest());
        if (before != null) {
            boolean same = Arrays.equals(before, trial.digest());
            duplicates += same ? 1 : 0;
            conflicts += same ? 0 : 1;
        } else if (convergedOnly && !trial.converged()) {
            notConverged++;
        } else {
            try {
                spool.add(trial.id(), trial.mask(), trial.trainCorrect(), trial.testCorrect());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private ReplayTally tally() {
        return new ReplayTally(spool.trials(), duplicates, conflicts, rejected, notConverged);
    }
}
