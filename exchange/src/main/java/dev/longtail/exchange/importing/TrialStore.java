package dev.longtail.exchange.importing;

import dev.longtail.schemas.Experiment;
import dev.longtail.schemas.Trial;
import java.util.Optional;
import java.util.Set;

/** Where imported trials go: an experiment's topics. */
public interface TrialStore extends AutoCloseable {

    /** The experiment's description, none where it does not exist. */
    Optional<Experiment> experiment(String name);

    /** Creates the topics and describes the experiment. */
    void create(Experiment experiment);

    /** Ids of all trials that are there. */
    Set<String> publishedIds(String experiment);

    /** Hands over a trial; {@link #flush} tells when it is safe. */
    void publish(Trial trial);

    /** Waits until everything handed over is stored. */
    void flush();

    @Override
    void close();
}
