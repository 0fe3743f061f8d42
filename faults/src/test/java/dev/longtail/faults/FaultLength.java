package dev.longtail.faults;

/** How long the faults go on: short within the build, full with {@code -Pfaults}. */
final class FaultLength {

    private FaultLength() {}

    static int choose(int shortForm, int full) {
        return isShort() ? shortForm : full;
    }

    /** How many times all faults of a test: as many as the property faults.rounds, if it is set. */
    static int rounds(int shortForm, int full) {
        return Integer.getInteger("faults.rounds", choose(shortForm, full));
    }

    static boolean isShort() {
        return !System.getProperty("faults.length", "short").equals("full");
    }
}
