package dev.longtail.schemas;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The one owner of the layout of bit vectors on the wire and in state.
 *
 * <pre>
 *   byte    0                       1                          ceil(size/8) - 1
 *   bit     0 1 2 3 4 5 6 7 | 0 1 2 3 4  5  6  7 | ... | ...  size-1  0 ... 0
 *   example 0 1 2 3 4 5 6 7 | 8 9 10 11 12 13 14 15 |    unused high bits are 0
 * </pre>
 *
 * Least significant bit first, as {@code numpy.packbits(bitorder='little')} writes it; read as
 * little-endian longs, bit {@code k} of long {@code w} is example {@code 64 w + k}.
 */
public final class PackedBits {

    private PackedBits() {}

    /**
     * Number of bytes of a vector.
     *
     * @param size number of bits, at least 0
     */
    public static int byteLength(int size) {
        if (size < 0) {
            throw new IllegalArgumentException("expected a size of at least 0, found " + size);
        }
        return (int) ((size + 7L) / 8);
    }

    /**
     * Number of longs that hold a vector.
     *
     * @param size number of bits, at least 0
     */
    public static int longLength(int size) {
        return (byteLength(size) + 7) / 8;
    }

    /** Packs booleans. */
    public static byte[] pack(boolean[] bits) {
        byte[] packed = new byte[byteLength(bits.length)];
        for (int i = 0; i < bits.length; i++) {
            if (bits[i]) {
                set(packed, i);
            }
        }
        return packed;
    }

    /**
     * Unpacks booleans.
     *
     * @param packed exactly {@code byteLength(size)} bytes
     * @param size number of bits
     */
    public static boolean[] unpack(byte[] packed, int size) {
        requireLayout(packed, size);
        boolean[] bits = new boolean[size];
        for (int i = 0; i < size; i++) {
            bits[i] = get(packed, i);
        }
        return bits;
    }

    /** Whether bit {@code index} is set. */
    public static boolean get(byte[] packed, int index) {
        return (packed[index >> 3] >> (index & 7) & 1) != 0;
    }

    /** Sets bit {@code index}. */
    public static void set(byte[] packed, int index) {
        packed[index >> 3] |= (byte) (1 << (index & 7));
    }

    /** Number of set bits. */
    public static int count(byte[] packed) {
        ByteBuffer bytes = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
        int count = 0;
        while (bytes.remaining() >= Long.BYTES) {
            count += Long.bitCount(bytes.getLong());
        }
        while (bytes.hasRemaining()) {
            count += Integer.bitCount(bytes.get() & 0xff);
        }
        return count;
    }

    /**
     * Number of bits set in both of two vectors of one length.
     *
     * @throws IllegalArgumentException when their lengths differ
     */
    public static int countBoth(byte[] one, byte[] other) {
        if (one.length != other.length) {
            throw new IllegalArgumentException(
                    "expected vectors of one length, found %d and %d bytes"
                            .formatted(one.length, other.length));
        }
        ByteBuffer ones = ByteBuffer.wrap(one);
        ByteBuffer others = ByteBuffer.wrap(other);
        int count = 0;
        while (ones.remaining() >= Long.BYTES) {
            count += Long.bitCount(ones.getLong() & others.getLong());
        }
        while (ones.hasRemaining()) {
            count += Integer.bitCount(ones.get() & others.get() & 0xff);
        }
        return count;
    }

    /** Whether all bits from {@code size} on are 0, as the layout demands. */
    public static boolean isPaddingClear(byte[] packed, int size) {
        int used = size & 7;
        return used == 0 || packed.length == 0 || (packed[packed.length - 1] & 0xff) >> used == 0;
    }

    /**
     * The vector as longs, missing high bytes 0.
     *
     * @param packed exactly {@code byteLength(size)} bytes
     * @param size number of bits
     * @return {@code longLength(size)} longs
     */
    public static long[] toLongs(byte[] packed, int size) {
        requireLayout(packed, size);
        long[] words = new long[longLength(size)];
        ByteBuffer bytes = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
        int word = 0;
        while (bytes.remaining() >= Long.BYTES) {
            words[word++] = bytes.getLong();
        }
        for (int shift = 0; bytes.hasRemaining(); shift += Byte.SIZE) {
            words[word] |= (bytes.get() & 0xffL) << shift;
        }
        return words;
    }

    /**
     * The inverse of {@link #toLongs}.
     *
     * @param words exactly {@code longLength(size)} longs, bits from {@code size} on 0
     * @param size number of bits
     */
    public static byte[] fromLongs(long[] words, int size) {
        if (words.length != longLength(size)) {
            throw new IllegalArgumentException(
                    "expected %d longs for %d bits, found %d"
                            .formatted(longLength(size), size, words.length));
        }
        byte[] packed = new byte[byteLength(size)];
        for (int i = 0; i < packed.length; i++) {
            packed[i] = (byte) (words[i >> 3] >>> ((i & 7) * Byte.SIZE));
        }
        requireLayout(packed, size);
        return packed;
    }

    /**
     * Refuses bytes that are not a vector of {@code size} bits.
     *
     * @throws IllegalArgumentException naming what was expected and found
     */
    public static void requireLayout(byte[] packed, int size) {
        if (packed.length != byteLength(size)) {
            throw new IllegalArgumentException(
                    "expected %d bytes for %d bits, found %d"
                            .formatted(byteLength(size), size, packed.length));
        }
        if (!isPaddingClear(packed, size)) {
            throw new IllegalArgumentException(
                    "expected the unused bits from %d on to be 0, found last byte 0x%02x"
                            .formatted(size, packed[packed.length - 1]));
        }
    }
}
