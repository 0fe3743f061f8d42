package dev.longtail.aggregator.sequencing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerTest {

    @Test
    void survivesItsBytes() {
        Ledger ledger = new Ledger();
        ledger.attempt = 17;
        ledger.tally = new Tally(1, 2, 3, 4, 5);
        ledger.block = 6;
        ledger.trials = 7;
        ledger.pending = 8;
        ledger.totals = new TrialTotals(9, 10, 11, 12);
        ledger.beginSending(5, true);
        ledger.sentTiles = 3;
        assertThat(Ledger.decode(ledger.encode())).usingRecursiveComparison().isEqualTo(ledger);
    }

    /** They were sent in other orders then, and a cursor in another one would lose some. */
    @ParameterizedTest
    @CsvSource({"1, 0, BY_NUMBER", "2, 1, BY_NUMBER", "2, 0, SPREAD"})
    void goesOnWithABlockOfAFormerFormatInItsOrder(int version, int flag, SendingOrder.Kind kind) {
        Ledger ledger = new Ledger();
        ledger.beginSending(5, true);
        ledger.sentTiles = 3;
        byte[] bytes = ledger.encode();
        bytes[3] = (byte) version;
        bytes[bytes.length - 1] = (byte) flag;
        Ledger restored =
                Ledger.decode(version == 1 ? Arrays.copyOf(bytes, bytes.length - 1) : bytes);
        assertThat(restored.sentTiles).isEqualTo(3);
        assertThat(restored.sendingOrder).isEqualTo(kind);
        assertThat(Ledger.decode(restored.encode()).sendingOrder).isEqualTo(kind);
        restored.endSending(TrialTotals.NONE);
        restored.beginSending(1, true);
        assertThat(restored.sendingOrder).isEqualTo(SendingOrder.Kind.LAST_BY_TEST_GROUP);
    }

    @Test
    void refusesAnotherFormat() {
        byte[] bytes = new Ledger().encode();
        bytes[3] = 9;
        assertThatThrownBy(() -> Ledger.decode(bytes)).hasMessageContaining("found format 9");
        assertThatThrownBy(() -> Ledger.decode(new byte[9]))
                .hasMessageContaining("another release");
    }

    @Test
    void aBlockThatAnotherAttemptBeganIsOnlyCounted() {
        Ledger ledger = new Ledger();
        ledger.attempt = 1;
        ledger.pending = 10;
        ledger.beginSending(10, true);
        assertThat(ledger.sendingStamp()).isEqualTo(new BlockStamp(1, 1, 10, true, true));

        ledger.attempt = 2;
        assertThat(ledger.sendingStamp()).isEqualTo(new BlockStamp(2, 1, 10, false, false));
        ledger.endSending(TrialTotals.NONE);
        assertThat(ledger.pending).isZero();
        assertThat(ledger.isPublicationDue()).isTrue();

        ledger.beginSending(0, true);
        assertThat(ledger.sendingStamp()).isEqualTo(new BlockStamp(2, 1, 10, true, true));
        ledger.endSending(TrialTotals.NONE);
        assertThat(ledger.isPublicationDue()).isFalse();
    }

    @Test
    void pointsOfTheHistoryAreSpacedGeometrically() {
        Ledger ledger = new Ledger();
        ledger.attempt = 1;
        int points = 0;
        for (int block = 0; block < 1000; block++) {
            ledger.pending++;
            ledger.beginSending(1, true);
            points += ledger.sendingStamp().history() ? 1 : 0;
            ledger.endSending(TrialTotals.NONE);
        }
        assertThat(points).isBetween(25, 35);
    }

    /** Parts of the point may have been joined before the checkpoint, and be lost with that. */
    @Test
    void aPointThatWasCountedLastIsRepeatedAfterARestore() {
        Ledger ledger = new Ledger();
        ledger.attempt = 1;
        ledger.pending = 104;
        ledger.beginSending(100, true);
        ledger.endSending(TrialTotals.NONE);
        ledger.repeatHistory();
        ledger.beginSending(0, true);
        assertThat(ledger.sendingStamp().history()).isTrue();
        ledger.endSending(TrialTotals.NONE);

        ledger.beginSending(4, true);
        ledger.endSending(TrialTotals.NONE);
        ledger.repeatHistory();
        ledger.beginSending(0, true);
        assertThat(ledger.sendingStamp().history()).isFalse();
    }
}
