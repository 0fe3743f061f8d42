package dev.longtail.faults;

/** How long the faults go on: short within the build, full with {@code -Pfaults}. */
final class FaultLength {

    private FaultLength() {}

    static int choose(int shortForm, int full) {
        return isShort() ? shortForm : full;
    }

    static boolean isShort() {
        return !System.getProperty("faults.length", "short").equals("full");
    }
}
