package dev.longtail.dashboard.answers;

import dev.longtail.schemas.Convergence;
import java.util.ArrayList;
import java.util.List;

/**
 * Convergence over trials, thinned to what a plot can show.
 *
 * @param records how many there are before thinning
 * @param points by rising trial count, the newest always among them
 */
public record ConvergenceSeriesAnswer(int records, List<ConvergencePoint> points) {

    /**
     * @param all oldest first
     * @param most number of points wanted, at least 2
     */
    public static ConvergenceSeriesAnswer of(List<Convergence> all, int most) {
        List<ConvergencePoint> points = new ArrayList<>();
        int size = Math.min(all.size(), most);
        for (int k = 0; k < size; k++) {
            int index = size == 1 ? 0 : (int) ((long) k * (all.size() - 1) / (size - 1));
            points.add(ConvergencePoint.of(all.get(index)));
        }
        return new ConvergenceSeriesAnswer(all.size(), points);
    }
}
