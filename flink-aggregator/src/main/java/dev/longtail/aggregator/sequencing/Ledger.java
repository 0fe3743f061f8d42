package dev.longtail.aggregator.sequencing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The sequencer's books: everything but the trials themselves. Kept in state as bytes, all
 * big-endian:
 *
 * <pre>
 *   int      format version, 3
 *   long     attempt
 *   5 long   tally: received, rejected, duplicates, conflicts, not converged
 *   long     number of the last block that all tiles were sent
 *   long     trials in all blocks up to it
 *   long     trials pending, those of the block being sent included; they have the running numbers
 *            from {@code trials} on
 *   4 long   totals over the trials up to that block
 *   long     attempt, long block of the last complete publication
 *   long     trial count from which on the next publication is a point of the history
 *   int      trials in the block being sent, 0 in a repeated publication, -1 when none is being sent
 *   int      tiles of it that were sent
 *   long     attempt in which its sending began
 *   2 bool   whether it is published, whether as a point of the history
 *   byte     the {@link SendingOrder.Kind} that the number of tiles sent is a place of
 * </pre>
 *
 * Version 2 had a bool there, true for {@code BY_NUMBER} and false for {@code SPREAD}; version 1
 * had nothing, all tiles were sent by number.
 */
final class Ledger {

    private static final int VERSION = 3;
    private static final int NOTHING_SENT = -1;

    /** Points of the history are at least this factor of trials apart. */
    private static final double HISTORY_FACTOR = 1.25;

    long attempt;
    Tally tally = Tally.NONE;
    long block;
    long trials;
    long pending;
    TrialTotals totals = TrialTotals.NONE;
    long publishedAttempt;
    long publishedBlock;
    long nextHistory = 1;
    int sendingTrials = NOTHING_SENT;
    int sentTiles;
    long sendingAttempt;
    boolean sendingPublishes;
    boolean sendingHistory;
    SendingOrder.Kind sendingOrder = SendingOrder.Kind.LAST_BY_TEST_GROUP;

    /** Whether a block or a repeated publication is being sent. */
    boolean isSending() {
        return sendingTrials != NOTHING_SENT;
    }

    /** Whether what was counted last is not published in this attempt. */
    boolean isPublicationDue() {
        return block > 0 && (publishedAttempt != attempt || publishedBlock != block);
    }

    /** Begins to send the next trials, or to publish anew when their number is 0. */
    void beginSending(int count, boolean publishes) {
        sendingTrials = count;
        sentTiles = 0;
        sendingAttempt = attempt;
        sendingPublishes = publishes;
        sendingHistory = publishes && trials + count >= nextHistory;
        sendingOrder = SendingOrder.Kind.LAST_BY_TEST_GROUP;
    }

    /** What tiles sent now are stamped with. */
    BlockStamp sendingStamp() {
        // What an earlier attempt published of this block carries another stamp: the rest of it
        // could not be joined, so it is only counted and all is published anew afterwards.
        boolean publishes = sendingPublishes && sendingAttempt == attempt;
        return new BlockStamp(
                attempt,
                block + (sendingTrials > 0 ? 1 : 0),
                trials + sendingTrials,
                publishes,
                publishes && sendingHistory);
    }

    /** Books a block all of whose tiles were sent. */
    void endSending(TrialTotals totalsAfter) {
        BlockStamp stamp = sendingStamp();
        block = stamp.block();
        trials = stamp.trials();
        pending -= sendingTrials;
        totals = totalsAfter;
        if (stamp.publish()) {
            publishedAttempt = attempt;
            publishedBlock = block;
        }
        if (stamp.history()) {
            nextHistory = historyAfter(trials);
        }
        sendingTrials = NOTHING_SENT;
    }

    /**
     * Makes what was counted last a point of the history once more if it was one: a checkpoint that
     * overtook its tiles holds them, but not those that had been joined with others before it.
     */
    void repeatHistory() {
        if (trials > 0 && nextHistory == historyAfter(trials)) {
            nextHistory = trials;
        }
    }

    private static long historyAfter(long trials) {
        return Math.max(trials + 1, (long) Math.ceil(trials * HISTORY_FACTOR));
    }

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(VERSION);
            out.writeLong(attempt);
            tally.write(out);
            out.writeLong(block);
            out.writeLong(trials);
            out.writeLong(pending);
            totals.write(out);
            out.writeLong(publishedAttempt);
            out.writeLong(publishedBlock);
            out.writeLong(nextHistory);
            out.writeInt(sendingTrials);
            out.writeInt(sentTiles);
            out.writeLong(sendingAttempt);
            out.writeBoolean(sendingPublishes);
            out.writeBoolean(sendingHistory);
            out.writeByte(sendingOrder.ordinal());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    static Ledger decode(byte[] bytes) {
        Ledger ledger = new Ledger();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readInt();
            if (version < 1 || version > VERSION) {
                throw new IllegalStateException(
                        "expected the sequencer's state in format 1 to %d, found format %d; it is of another release"
                                .formatted(VERSION, version));
            }
            ledger.attempt = in.readLong();
            ledger.tally = Tally.read(in);
            ledger.block = in.readLong();
            ledger.trials = in.readLong();
            ledger.pending = in.readLong();
            ledger.totals = TrialTotals.read(in);
            ledger.publishedAttempt = in.readLong();
            ledger.publishedBlock = in.readLong();
            ledger.nextHistory = in.readLong();
            ledger.sendingTrials = in.readInt();
            ledger.sentTiles = in.readInt();
            ledger.sendingAttempt = in.readLong();
            ledger.sendingPublishes = in.readBoolean();
            ledger.sendingHistory = in.readBoolean();
            ledger.sendingOrder = readOrder(version, in);
        } catch (IOException e) {
            throw new UncheckedIOException("the sequencer's state ends early", e);
        }
        return ledger;
    }

    private static SendingOrder.Kind readOrder(int version, DataInputStream in) throws IOException {
        return switch (version) {
            case 1 -> SendingOrder.Kind.BY_NUMBER;
            case 2 -> in.readBoolean() ? SendingOrder.Kind.BY_NUMBER : SendingOrder.Kind.SPREAD;
            default -> SendingOrder.Kind.values()[in.readByte()];
        };
    }
}
