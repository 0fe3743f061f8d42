package dev.longtail.dashboard;

import dev.longtail.dashboard.simulation.SimulatedSite;
import dev.longtail.dashboard.simulation.SimulatedTrials;
import java.nio.file.Path;

/**
 * A small experiment, so that the plain formula can be held against every figure of it, whose
 * examples have names that a spreadsheet would take for formulas.
 *
 * @param trials what was counted, {@value #TRIALS} trials in six refreshes
 * @param api of its dashboard
 */
record FormulaSite(SimulatedSite site, SimulatedTrials trials, Api api) implements AutoCloseable {

    static final String NAME = "formula";
    static final int TRIALS = 360;

    /** Starts it and waits until the dashboard has read all that is published. */
    static FormulaSite start(Path dir) throws Exception {
        SimulatedTrials trials = new SimulatedTrials(300, 120, 7, true, 3);
        SimulatedSite site = SimulatedSite.start(dir, NAME, trials, i -> "=cmd|' /C calc'!" + i);
        for (int k = 0; k < 6; k++) {
            site.job().refresh(TRIALS / 6, 9);
        }
        site.job().reject("expected a trial, found a postcard");
        site.open();
        Api api = new Api(site.url());
        api.awaitAllRead(NAME, TRIALS, trials.testSize() - 1);
        return new FormulaSite(site, trials, api);
    }

    @Override
    public void close() {
        site.close();
    }
}
