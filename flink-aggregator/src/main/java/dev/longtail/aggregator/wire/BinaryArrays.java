package dev.longtail.aggregator.wire;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Arrays as a length and their elements, big-endian, written in one go. */
public final class BinaryArrays {

    private BinaryArrays() {}

    /** Writes bytes. */
    public static void writeBytes(DataOutput out, byte[] values) throws IOException {
        out.writeInt(values.length);
        out.write(values);
    }

    /** Reads bytes. */
    public static byte[] readBytes(DataInput in) throws IOException {
        byte[] values = new byte[in.readInt()];
        in.readFully(values);
        return values;
    }

    /** Writes ints. */
    public static void writeInts(DataOutput out, int[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Integer.BYTES));
        bytes.asIntBuffer().put(values);
        writeBytes(out, bytes.array());
    }

    /** Reads ints. */
    public static int[] readInts(DataInput in) throws IOException {
        byte[] bytes = readBytes(in);
        int[] values = new int[bytes.length / Integer.BYTES];
        ByteBuffer.wrap(bytes).asIntBuffer().get(values);
        return values;
    }

    /** Writes longs. */
    public static void writeLongs(DataOutput out, long[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Long.BYTES));
        bytes.asLongBuffer().put(values);
        writeBytes(out, bytes.array());
    }

    /** Reads longs. */
    public static long[] readLongs(DataInput in) throws IOException {
        byte[] bytes = readBytes(in);
        long[] values = new long[bytes.length / Long.BYTES];
        ByteBuffer.wrap(bytes).asLongBuffer().get(values);
        return values;
    }

    /** Writes floats. */
    public static void writeFloats(DataOutput out, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
        bytes.asFloatBuffer().put(values);
        writeBytes(out, bytes.array());
    }

    /** Reads floats. */
    public static float[] readFloats(DataInput in) throws IOException {
        byte[] bytes = readBytes(in);
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        return values;
    }

    /** Writes doubles. */
    public static void writeDoubles(DataOutput out, double[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Double.BYTES));
        bytes.asDoubleBuffer().put(values);
        writeBytes(out, bytes.array());
    }

    /** Reads doubles. */
    public static double[] readDoubles(DataInput in) throws IOException {
        byte[] bytes = readBytes(in);
        double[] values = new double[bytes.length / Double.BYTES];
        ByteBuffer.wrap(bytes).asDoubleBuffer().get(values);
        return values;
    }
}
