package dev.longtail.trials.data.generated;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * How one group of people writes one digit: a sub-population in the sense of Feldman's long-tail
 * theory. Every example of the style starts from the same strokes.
 *
 * @param strokes in the unit square
 * @param penWidth in the unit square
 */
record WritingStyle(List<Stroke> strokes, double penWidth) {

    /** How far a style may be from the school form of its digit. */
    enum Oddity {
        /** Small changes of the school form. */
        COMMON,
        /** Clearly its own: slanted, stretched, with points moved. */
        UNCOMMON,
        /** Still the digit to a person, far from everybody else's. */
        RARE,
        /** Like a turned or mirrored other digit: cannot be guessed from other styles. */
        DISGUISED
    }

    /** Draws a style of a digit. */
    static WritingStyle draw(int digit, Oddity oddity, UniformRandomProvider random) {
        List<Stroke> strokes = new ArrayList<>(DigitSkeletons.of(digit));
        double jitter = 0;
        double slant = 0;
        double squeeze = 0;
        switch (oddity) {
            case COMMON -> {
                jitter = 0.02;
                slant = 0.12;
                squeeze = 0.08;
            }
            case UNCOMMON -> {
                jitter = 0.05;
                slant = 0.35;
                squeeze = 0.22;
            }
            case RARE -> {
                jitter = 0.12;
                slant = 0.60;
                squeeze = 0.35;
            }
            case DISGUISED -> {
                jitter = 0.05;
                slant = 0.30;
                squeeze = 0.20;
                strokes = disguised(digit, random);
            }
        }
        double shear = symmetric(random, slant);
        double width = 1 + symmetric(random, squeeze);
        double moved = jitter;
        List<Stroke> own = new ArrayList<>();
        for (Stroke stroke : strokes) {
            own.add(
                    stroke.map(
                            p ->
                                    new Point(
                                            0.5
                                                    + (p.x() - 0.5) * width
                                                    + (0.5 - p.y()) * shear
                                                    + symmetric(random, moved),
                                            p.y() + symmetric(random, moved))));
        }
        return new WritingStyle(List.copyOf(own), random.nextDouble(0.07, 0.12));
    }

    /** Another digit's strokes, turned by up to a right angle, half of them mirrored. */
    private static List<Stroke> disguised(int digit, UniformRandomProvider random) {
        int other = (digit + 1 + random.nextInt(9)) % 10;
        List<Stroke> strokes = new ArrayList<>(DigitSkeletons.of(other));
        boolean mirrored = random.nextBoolean();
        double turn = symmetric(random, StrictMath.PI / 2);
        double cos = StrictMath.cos(turn);
        double sin = StrictMath.sin(turn);
        strokes.replaceAll(
                stroke ->
                        stroke.map(
                                p -> {
                                    double x = (mirrored ? 0.5 - p.x() : p.x() - 0.5);
                                    double y = p.y() - 0.5;
                                    return new Point(
                                            0.5 + cos * x - sin * y, 0.5 + sin * x + cos * y);
                                }));
        return strokes;
    }

    private static double symmetric(UniformRandomProvider random, double largest) {
        return largest == 0 ? 0 : random.nextDouble(-largest, largest);
    }
}
