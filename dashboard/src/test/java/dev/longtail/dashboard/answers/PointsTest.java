package dev.longtail.dashboard.answers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PointsTest {

    private static ByteBuffer of(int size, double[] x, double[] y) {
        return ByteBuffer.wrap(Points.of(size, i -> x[i], i -> y[i], 7, 9))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void sendsFewExamplesAsPointsAndLeavesOutUndefinedOnes() {
        ByteBuffer bytes = of(3, new double[] {.5, Double.NaN, -.25}, new double[] {.1, .2, .3});
        assertThat(bytes.getInt()).isEqualTo(1);
        assertThat(bytes.getInt()).isEqualTo(2);
        assertThat(bytes.getInt()).isEqualTo(7);
        assertThat(bytes.getInt()).isEqualTo(9);
        assertThat(new float[] {bytes.getFloat(), bytes.getFloat()}).containsExactly(.5f, -.25f);
        assertThat(new float[] {bytes.getFloat(), bytes.getFloat()}).containsExactly(.1f, .3f);
        assertThat(new int[] {bytes.getInt(), bytes.getInt()}).containsExactly(0, 2);
        assertThat(bytes.hasRemaining()).isFalse();
    }

    @Test
    void countsManyExamplesInAGrid() {
        int size = Points.MOST_POINTS + 1;
        Random random = new Random(3);
        double[] x = random.doubles(size, -1, 1.0001).map(v -> Math.min(1, v)).toArray();
        double[] y = random.doubles(size, -1, 1.0001).map(v -> Math.min(1, v)).toArray();
        ByteBuffer bytes = of(size, x, y);
        assertThat(bytes.getInt()).isEqualTo(2);
        int columns = bytes.getInt();
        bytes.position(16);
        int[] expected = new int[columns * columns];
        for (int i = 0; i < size; i++) {
            int column = Math.min(columns - 1, (int) ((x[i] + 1) / 2 * columns));
            int row = Math.min(columns - 1, (int) ((y[i] + 1) / 2 * columns));
            expected[row * columns + column]++;
        }
        int[] found = new int[columns * columns];
        bytes.asIntBuffer().get(found);
        assertThat(found).isEqualTo(expected);
    }
}
