package dev.longtail.aggregator.sequencing;

import dev.longtail.aggregator.validation.CheckedRecord;
import java.util.List;
import org.apache.flink.runtime.io.AvailabilityProvider;
import org.apache.flink.runtime.io.network.api.writer.ResultPartitionWriter;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;

/**
 * Flink's operator of a {@link SequencerFunction}, whose steps of sending end where there is no
 * room for a tile. Flink looks for room before it hands over a record, not before a timer: without
 * this, a step waits in the middle until a whole buffer of tiles is counted, and a barrier with it.
 */
public final class SequencerOperator
        extends KeyedProcessOperator<Integer, CheckedRecord, TileMessage> {

    private static final long serialVersionUID = 1;

    /** The operator of a function. */
    public SequencerOperator(SequencerFunction function) {
        super(function);
    }

    @Override
    public void open() throws Exception {
        List<ResultPartitionWriter> outputs =
                List.of(getContainingTask().getEnvironment().getAllWriters());
        ((SequencerFunction) getUserFunction())
                .sendWhile(() -> outputs.stream().allMatch(AvailabilityProvider::isAvailable));
        super.open();
    }
}
