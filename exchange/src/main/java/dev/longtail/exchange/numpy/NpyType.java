package dev.longtail.exchange.numpy;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Element types that are read and written, with NumPy's codes. */
public enum NpyType {
    /** {@code bool}, one byte, 0 or 1. */
    BOOL("b1", 1),
    /** {@code int8}. */
    INT8("i1", 1),
    /** {@code uint8}. */
    UINT8("u1", 1),
    /** {@code int32}. */
    INT32("i4", 4),
    /** {@code int64}. */
    INT64("i8", 8),
    /** {@code float32}. */
    FLOAT32("f4", 4),
    /** {@code float64}. */
    FLOAT64("f8", 8);

    private final String code;
    private final int bytes;

    NpyType(String code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** NumPy's code without the byte order, for example {@code i8}. */
    String code() {
        return code;
    }

    /** Size of an element. */
    int bytes() {
        return bytes;
    }

    /** NumPy's description, little-endian. */
    String description() {
        return (bytes == 1 ? "|" : "<") + code;
    }

    /** Whether elements are whole numbers. */
    boolean isInteger() {
        return this == INT8 || this == UINT8 || this == INT32 || this == INT64;
    }

    static NpyType of(String code) throws NumpyFormatException {
        for (NpyType type : values()) {
            if (type.code.equals(code)) {
                return type;
            }
        }
        throw new NumpyFormatException(
                "expected elements of type %s, found '%s'"
                        .formatted(
                                Arrays.stream(values())
                                        .map(NpyType::code)
                                        .collect(Collectors.joining(", ")),
                                code));
    }
}
