package dev.longtail.dashboard.model;

import dev.longtail.schemas.Convergence;
import java.util.ArrayList;
import java.util.List;

/**
 * The convergence records of one job in the order of their trial counts, bounded in number.
 *
 * <p>After a restore the job counts on from its checkpoint and sends the records since then again
 * with a higher attempt: those replace what the lost attempt had sent.
 */
final class ConvergenceSeries {

    /** When the series grows over this, every second of its older records is dropped. */
    static final int MOST_RECORDS = 8_192;

    /** Newest records that thinning spares, so that rates stay exact. */
    private static final int SPARED = 256;

    private final List<Convergence> records = new ArrayList<>();

    /** Adds a record. */
    void add(Convergence record) {
        while (!records.isEmpty() && isReplacedBy(records.get(records.size() - 1), record)) {
            records.remove(records.size() - 1);
        }
        if (records.isEmpty() || follows(record, records.get(records.size() - 1))) {
            records.add(record);
        }
        if (records.size() > MOST_RECORDS) {
            thin();
        }
    }

    /** An immutable copy, oldest first. */
    List<Convergence> copy() {
        return List.copyOf(records);
    }

    private static boolean isReplacedBy(Convergence old, Convergence record) {
        return old.getAttempt() < record.getAttempt() && old.getBlock() >= record.getBlock()
                || old.getAttempt() == record.getAttempt() && old.getBlock() == record.getBlock();
    }

    private static boolean follows(Convergence record, Convergence last) {
        return record.getAttempt() > last.getAttempt()
                || record.getAttempt() == last.getAttempt() && record.getBlock() > last.getBlock();
    }

    private void thin() {
        List<Convergence> kept = new ArrayList<>(MOST_RECORDS);
        int older = records.size() - SPARED;
        for (int k = 0; k < older; k += 2) {
            kept.add(records.get(k));
        }
        kept.addAll(records.subList(older, records.size()));
        records.clear();
        records.addAll(kept);
    }
}
