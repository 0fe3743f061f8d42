package dev.longtail.aggregator.validation;

import dev.longtail.aggregator.JobPlan;
import dev.longtail.aggregator.publishing.OutputRecord;
import dev.longtail.aggregator.source.RawRecord;
import dev.longtail.schemas.RecordCodec;
import dev.longtail.schemas.RejectedRecord;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Lets valid trials through and sends everything else to the dead-letter topic, with its reason.
 */
public final class ValidationFunction extends ProcessFunction<RawRecord, CheckedRecord> {

    /** Records for the dead-letter topic. */
    public static final OutputTag<OutputRecord> REJECTED =
            new OutputTag<>("rejected", OutputRecord.TYPE);

    private static final int KEPT_KEY_BYTES = 1024;
    private static final int KEPT_VALUE_BYTES = 64 * 1024;

    private final JobPlan plan;
    private transient TrialValidator validator;
    private transient RecordCodec<RejectedRecord> codec;
    private transient Counter rejected;

    /** Validation against the experiment of a plan. */
    public ValidationFunction(JobPlan plan) {
        this.plan = plan;
    }

    @Override
    public void open(OpenContext context) {
        validator = new TrialValidator(plan);
        codec = RecordCodec.of(RejectedRecord.class);
        rejected = getRuntimeContext().getMetricGroup().counter("rejectedRecords");
    }

    @Override
    public void processElement(RawRecord record, Context context, Collector<CheckedRecord> out) {
        try {
            out.collect(validator.validate(record));
        } catch (InvalidTrialException e) {
            rejected.inc();
            context.output(REJECTED, deadLetter(record, e));
            out.collect(new CheckedRecord.Rejection());
        }
    }

    private OutputRecord deadLetter(RawRecord record, InvalidTrialException e) {
        RejectedRecord letter =
                RejectedRecord.newBuilder()
                        .setReason(e.reason())
                        .setMessage(e.getMessage())
                        .setTopic(record.topic())
                        .setPartition(record.partition())
                        .setOffset(record.offset())
                        .setTimestamp(Instant.ofEpochMilli(record.timestamp()))
                        .setKey(cut(record.key(), KEPT_KEY_BYTES))
                        .setValueSize(record.value() == null ? -1 : record.value().length)
                        .setValue(cut(record.value(), KEPT_VALUE_BYTES))
                        .build();
        String key = record.topic() + "/" + record.partition() + "/" + record.offset();
        return OutputRecord.of(plan.topics().rejectedTopic(), key, codec.encode(letter));
    }

    private static ByteBuffer cut(byte[] bytes, int limit) {
        return bytes == null
                ? null
                : ByteBuffer.wrap(Arrays.copyOf(bytes, Math.min(limit, bytes.length)));
    }
}
