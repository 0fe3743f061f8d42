package dev.longtail.dashboard.answers;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntToDoubleFunction;

/**
 * A scatter plot of many examples. Up to {@value #MOST_POINTS} are sent as points; more are counted
 * in a grid, so that the answer stays small however many there are.
 *
 * <pre>
 *   bytes 0-3    int     1 for points, 2 for a grid
 *   bytes 4-7    int     p, number of points; or c, columns of the grid
 *   bytes 8-11   int     trials the x values are from
 *   bytes 12-15  int     trials the y values are from
 *   points: p x float x, p x float y, p x int index
 *   grid:   c x c int counts, row by row from the lowest y; both axes from -1 to 1
 * </pre>
 *
 * Little-endian throughout.
 */
public final class Points {

    /** More than these are binned. */
    public static final int MOST_POINTS = 60_000;

    private static final int HEADER_BYTES = 16;
    private static final int POINTS = 1;
    private static final int GRID = 2;
    private static final int COLUMNS = 200;

    private Points() {}

    /**
     * The points of all examples with both values.
     *
     * @param size number of examples
     * @param x value of an example, NaN where it has none
     * @param y likewise
     */
    public static byte[] of(
            int size, IntToDoubleFunction x, IntToDoubleFunction y, long xTrials, long yTrials) {
        int defined = 0;
        for (int i = 0; i < size; i++) {
            defined += isDefined(x, y, i) ? 1 : 0;
        }
        return defined <= MOST_POINTS
                ? points(size, defined, x, y, xTrials, yTrials)
                : grid(size, x, y, xTrials, yTrials);
    }

    private static byte[] points(
            int size,
            int defined,
            IntToDoubleFunction x,
            IntToDoubleFunction y,
            long xTrials,
            long yTrials) {
        ByteBuffer out = buffer(3 * defined, POINTS, defined, xTrials, yTrials);
        int at = 0;
        for (int i = 0; i < size; i++) {
            if (isDefined(x, y, i)) {
                out.putFloat(HEADER_BYTES + Float.BYTES * at, (float) x.applyAsDouble(i));
                out.putFloat(
                        HEADER_BYTES + Float.BYTES * (defined + at), (float) y.applyAsDouble(i));
                out.putInt(HEADER_BYTES + Float.BYTES * (2 * defined + at), i);
                at++;
            }
        }
        return out.array();
    }

    private static byte[] grid(
            int size, IntToDoubleFunction x, IntToDoubleFunction y, long xTrials, long yTrials) {
        ByteBuffer out = buffer(COLUMNS * COLUMNS, GRID, COLUMNS, xTrials, yTrials);
        for (int i = 0; i < size; i++) {
            if (isDefined(x, y, i)) {
                int cell = column(y.applyAsDouble(i)) * COLUMNS + column(x.applyAsDouble(i));
                int at = HEADER_BYTES + Integer.BYTES * cell;
                out.putInt(at, out.getInt(at) + 1);
            }
        }
        return out.array();
    }

    private static ByteBuffer buffer(int values, int kind, int count, long xTrials, long yTrials) {
        return ByteBuffer.allocate(HEADER_BYTES + Float.BYTES * values)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(kind)
                .putInt(count)
                .putInt(Math.toIntExact(xTrials))
                .putInt(Math.toIntExact(yTrials));
    }

    private static int column(double value) {
        return (int) Math.max(0, Math.min(COLUMNS - 1, (value + 1) / 2 * COLUMNS));
    }

    private static boolean isDefined(IntToDoubleFunction x, IntToDoubleFunction y, int i) {
        return Double.isFinite(x.applyAsDouble(i)) && Double.isFinite(y.applyAsDouble(i));
    }
}
