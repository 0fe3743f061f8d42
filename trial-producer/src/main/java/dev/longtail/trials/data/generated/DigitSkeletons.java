package dev.longtail.trials.data.generated;

import java.util.List;

/** The ten digits as strokes in the unit square. */
final class DigitSkeletons {

    private static final List<List<Stroke>> DIGITS =
            List.of(
                    List.of(
                            Stroke.of(
                                    0.50, 0.10, 0.26, 0.26, 0.22, 0.52, 0.30, 0.80, 0.50, 0.90,
                                    0.70, 0.80, 0.78, 0.52, 0.73, 0.25, 0.50, 0.10)),
                    List.of(Stroke.of(0.34, 0.28, 0.54, 0.10), Stroke.of(0.54, 0.10, 0.54, 0.90)),
                    List.of(
                            Stroke.of(
                                    0.24, 0.30, 0.34, 0.13, 0.56, 0.10, 0.73, 0.25, 0.66, 0.46,
                                    0.44, 0.68, 0.24, 0.89),
                            Stroke.of(0.24, 0.89, 0.78, 0.89)),
                    List.of(
                            Stroke.of(0.26, 0.18, 0.48, 0.10, 0.70, 0.22, 0.66, 0.40, 0.46, 0.48),
                            Stroke.of(0.46, 0.48, 0.72, 0.56, 0.76, 0.74, 0.56, 0.90, 0.24, 0.82)),
                    List.of(
                            Stroke.of(0.60, 0.10, 0.20, 0.62),
                            Stroke.of(0.20, 0.62, 0.82, 0.62),
                            Stroke.of(0.62, 0.36, 0.62, 0.92)),
                    List.of(
                            Stroke.of(0.74, 0.11, 0.32, 0.11),
                            Stroke.of(0.32, 0.11, 0.28, 0.46),
                            Stroke.of(
                                    0.28, 0.46, 0.52, 0.38, 0.74, 0.52, 0.74, 0.74, 0.52, 0.90,
                                    0.24, 0.82)),
                    List.of(
                            Stroke.of(
                                    0.66, 0.10, 0.40, 0.28, 0.26, 0.58, 0.32, 0.82, 0.52, 0.90,
                                    0.72, 0.78, 0.70, 0.58, 0.52, 0.50, 0.30, 0.62)),
                    List.of(Stroke.of(0.22, 0.12, 0.78, 0.12), Stroke.of(0.78, 0.12, 0.40, 0.90)),
                    List.of(
                            Stroke.of(
                                    0.50, 0.48, 0.30, 0.36, 0.30, 0.18, 0.50, 0.10, 0.70, 0.18,
                                    0.70, 0.36, 0.50, 0.48, 0.28, 0.62, 0.28, 0.82, 0.50, 0.90,
                                    0.72, 0.82, 0.72, 0.62, 0.50, 0.48)),
                    List.of(
                            Stroke.of(
                                    0.70, 0.38, 0.52, 0.50, 0.32, 0.42, 0.30, 0.22, 0.50, 0.10,
                                    0.70, 0.20, 0.72, 0.42, 0.62, 0.70, 0.40, 0.90)));

    private DigitSkeletons() {}

    /**
     * The strokes of a digit.
     *
     * @param digit 0 to 9
     */
    static List<Stroke> of(int digit) {
        return DIGITS.get(digit);
    }
}
