package dev.longtail.dashboard.page;

/**
 * How a colour looks to people who lack one kind of cone, and how different two colours look.
 *
 * <p>Source of the matrices: Machado, Oliveira & Fernandes, <i>A Physiologically-based Model for
 * Simulation of Color Vision Deficiency</i>, IEEE TVCG 15(6), 2009, table 1, severity 1.0; applied
 * to linear RGB.
 */
enum ColourVision {
    NORMAL(1, 0, 0, 0, 1, 0, 0, 0, 1),
    PROTANOPIA(
            0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116,
            1.051998),
    DEUTERANOPIA(
            0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940,
            0.968881),
    TRITANOPIA(
            1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367,
            0.303900);

    private final double[] matrix;

    ColourVision(double... matrix) {
        this.matrix = matrix;
    }

    /** Distance in CIE Lab (Delta E 1976) of two colours as seen; about 2 is just noticeable. */
    double distance(int first, int second) {
        double[] a = lab(seen(first));
        double[] b = lab(seen(second));
        return Math.sqrt(
                Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
    }

    /** Contrast of two colours by WCAG 2.2, from 1 to 21. */
    static double contrast(int first, int second) {
        double a = luminance(linear(first));
        double b = luminance(linear(second));
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private double[] seen(int rgb) {
        double[] c = linear(rgb);
        double[] seen = new double[3];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                seen[row] += matrix[3 * row + column] * c[column];
            }
            seen[row] = Math.min(1, Math.max(0, seen[row]));
        }
        return seen;
    }

    private static double[] linear(int rgb) {
        double[] linear = new double[3];
        for (int k = 0; k < 3; k++) {
            double c = (rgb >> 8 * (2 - k) & 0xff) / 255.0;
            linear[k] = c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
        }
        return linear;
    }

    private static double luminance(double[] c) {
        return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
    }

    /** Of linear RGB with the white point D65. */
    private static double[] lab(double[] c) {
        double x = root((0.4124 * c[0] + 0.3576 * c[1] + 0.1805 * c[2]) / 0.9505);
        double y = root(luminance(c));
        double z = root((0.0193 * c[0] + 0.1192 * c[1] + 0.9505 * c[2]) / 1.089);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double root(double t) {
        return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16.0 / 116;
    }
}
