package dev.longtail.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.HexFormat;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackedBitsTest {

    /** Bits and {@code numpy.packbits(bits, bitorder='little')}, written by NumPy 2.4.6. */
    @ParameterizedTest
    @CsvSource({
        "1, 01",
        "0100001, 42",
        "11001110, 73",
        "110100100, 4b00",
        "1000111111001, f113",
        "0111011010101100111000001101000101110111111110001000001011001011, 6e35078bee1f41d3",
        "01000011110000110110100100011001100100011101111110011100011001000, c2c3969889fb392600",
        "0111101011110010111110011111001000100010001001010000111010111000101001, 5e4f9f4f44a4701d25"
    })
    void laysBitsOutAsNumpyDoes(String bits, String numpyBytes) {
        byte[] packed = PackedBits.pack(booleans(bits));

        assertThat(HexFormat.of().formatHex(packed)).isEqualTo(numpyBytes);
        assertThat(PackedBits.unpack(packed, bits.length())).isEqualTo(booleans(bits));
    }

    /** The same NumPy bytes read by {@code numpy.frombuffer(dtype='<u8')}. */
    @Test
    void readsLongsAsNumpyDoes() {
        byte[] packed = HexFormat.of().parseHex("5e4f9f4f44a4701d25");

        assertThat(PackedBits.toLongs(packed, 70)).containsExactly(0x1d70a4444f9f4f5eL, 0x25L);
    }

    @Property
    void unpackingInvertsPacking(@ForAll @Size(max = 300) boolean[] bits) {
        byte[] packed = PackedBits.pack(bits);

        assertThat(packed).hasSize(PackedBits.byteLength(bits.length));
        assertThat(PackedBits.unpack(packed, bits.length)).isEqualTo(bits);
        assertThat(PackedBits.isPaddingClear(packed, bits.length)).isTrue();
    }

    @Property
    void agreesWithTheBitSetOfTheJdk(@ForAll @Size(max = 300) boolean[] bits) {
        byte[] packed = PackedBits.pack(bits);
        BitSet expected = BitSet.valueOf(packed);

        assertThat(PackedBits.count(packed)).isEqualTo(expected.cardinality());
        for (int i = 0; i < bits.length; i++) {
            assertThat(PackedBits.get(packed, i)).isEqualTo(expected.get(i)).isEqualTo(bits[i]);
        }
        assertThat(BitSet.valueOf(PackedBits.toLongs(packed, bits.length))).isEqualTo(expected);
    }

    @Property
    void fromLongsInvertsToLongs(@ForAll @Size(max = 300) boolean[] bits) {
        byte[] packed = PackedBits.pack(bits);
        long[] words = PackedBits.toLongs(packed, bits.length);

        assertThat(words).hasSize(PackedBits.longLength(bits.length));
        assertThat(PackedBits.fromLongs(words, bits.length)).isEqualTo(packed);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "1, 1, 1",
        "8, 1, 1",
        "9, 2, 1",
        "64, 8, 1",
        "65, 9, 2",
        "2147483647, 268435456, 33554432"
    })
    void knowsLengths(int size, int bytes, int longs) {
        assertThat(PackedBits.byteLength(size)).isEqualTo(bytes);
        assertThat(PackedBits.longLength(size)).isEqualTo(longs);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void refusesAnotherLength(int length) {
        assertThatThrownBy(() -> PackedBits.requireLayout(new byte[length], 12))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected 2 bytes for 12 bits, found " + length);
    }

    @Test
    void refusesSetPadding() {
        assertThatThrownBy(() -> PackedBits.requireLayout(new byte[] {0, 0x10}, 12))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unused bits from 12 on to be 0, found last byte 0x10");
        assertThatThrownBy(() -> PackedBits.fromLongs(new long[] {1L << 12}, 12))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PackedBits.fromLongs(new long[2], 12))
                .hasMessageContaining("expected 1 longs");
    }

    @Property
    void countsBitsSetInBoth(@ForAll @Size(max = 40) byte[] one, @ForAll byte seed) {
        byte[] other = new byte[one.length];
        new Random(seed).nextBytes(other);
        BitSet both = BitSet.valueOf(one);
        both.and(BitSet.valueOf(other));
        assertThat(PackedBits.countBoth(one, other)).isEqualTo(both.cardinality());
    }

    @Test
    void refusesToCountVectorsOfTwoLengths() {
        assertThatThrownBy(() -> PackedBits.countBoth(new byte[3], new byte[4]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 3 and 4 bytes");
    }

    @Test
    void refusesNegativeSizes() {
        assertThatThrownBy(() -> PackedBits.byteLength(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found -1");
    }

    private static boolean[] booleans(String bits) {
        boolean[] values = new boolean[bits.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = bits.charAt(i) == '1';
        }
        return values;
    }
}
