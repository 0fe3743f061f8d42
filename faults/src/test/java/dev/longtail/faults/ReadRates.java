package dev.longtail.faults;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many reads were answered while what went on: for the log. */
final class ReadRates {

    private static final Logger LOG = LoggerFactory.getLogger(ReadRates.class);

    private final Hammer state;
    private final DashboardHammer shown;
    private final Map<String, Tally> phases = new LinkedHashMap<>();
    private final ProcessorTime began = ProcessorTime.now();
    private String phase = "";
    private Tally atEntry;

    /** Time and answers. */
    private record Tally(long nanos, long ofState, long lists) {

        static final Tally NONE = new Tally(0, 0, 0);

        Tally minus(Tally other) {
            return new Tally(nanos - other.nanos, ofState - other.ofState, lists - other.lists);
        }

        Tally plus(Tally other) {
            return new Tally(nanos + other.nanos, ofState + other.ofState, lists + other.lists);
        }

        @Override
        public String toString() {
            double seconds = nanos / (double) Duration.ofSeconds(1).toNanos();
            return "%.1f s, %d answers of state and %d lists, %.0f reads a second"
                    .formatted(seconds, ofState, lists, (ofState + lists) / seconds);
        }
    }

    ReadRates(Hammer state, DashboardHammer shown) {
        this.state = state;
        this.shown = shown;
        atEntry = now();
    }

    private Tally now() {
        return new Tally(System.nanoTime(), state.answers(), shown.answers());
    }

    /** What goes on from now on, until the next of these. */
    void enter(String next) {
        Tally now = now();
        if (!phase.isEmpty()) {
            phases.merge(phase, now.minus(atEntry), Tally::plus);
        }
        phase = next;
        atEntry = now;
    }

    /** Ends the last phase and logs all of them. */
    void log() {
        enter("");
        phases.forEach((name, tally) -> LOG.info("{}: {}", name, tally));
        LOG.info(
                "all the time: {}; {}",
                phases.values().stream().reduce(Tally.NONE, Tally::plus),
                ProcessorTime.now().since(began));
    }
}
