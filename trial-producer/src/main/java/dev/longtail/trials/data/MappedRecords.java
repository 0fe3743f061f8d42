package dev.longtail.trials.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Records of one size, one after the other in several buffers. Safe for use by several threads. */
final class MappedRecords {

    private final int length;
    private final ByteBuffer[] parts;
    private final int[] firstOfPart;

    /**
     * @param length bytes of a record
     * @param what a record is, for the message
     * @param parts not copied; must not change; none splits a record
     * @throws IllegalArgumentException when a part is not a whole number of records
     */
    MappedRecords(int length, String what, List<ByteBuffer> parts) {
        this.length = length;
        this.parts = new ByteBuffer[parts.size()];
        this.firstOfPart = new int[parts.size() + 1];
        for (int p = 0; p < this.parts.length; p++) {
            ByteBuffer part = parts.get(p).slice().asReadOnlyBuffer();
            if (part.capacity() % length != 0) {
                throw new IllegalArgumentException(
                        "expected whole records of %d bytes (%s), found %d bytes"
                                .formatted(length, what, part.capacity()));
            }
            this.parts[p] = part;
            this.firstOfPart[p + 1] = Math.addExact(firstOfPart[p], part.capacity() / length);
        }
    }

    /** Number of records. */
    int size() {
        return firstOfPart[parts.length];
    }

    /** One record, little-endian. */
    ByteBuffer get(int index) {
        int part = 0;
        while (index >= firstOfPart[part + 1]) {
            part++;
        }
        return parts[part]
                .slice((index - firstOfPart[part]) * length, length)
                .order(ByteOrder.LITTLE_ENDIAN);
    }
}
