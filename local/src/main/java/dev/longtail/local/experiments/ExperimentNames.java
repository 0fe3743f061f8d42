package dev.longtail.local.experiments;

import dev.longtail.schemas.ExperimentTopics;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Experiments and job outputs by the topics there are. */
public final class ExperimentNames {

    private ExperimentNames() {}

    /** Experiments that have been described. */
    public static SortedSet<String> experiments(Set<String> topics) {
        return prefixes(topics, ExperimentTopics.EXPERIMENT_SUFFIX);
    }

    /** Prefixes under which jobs write, replays included. */
    public static SortedSet<String> outputs(Set<String> topics) {
        return prefixes(topics, ExperimentTopics.JOB_SUFFIX);
    }

    private static SortedSet<String> prefixes(Set<String> topics, String suffix) {
        SortedSet<String> prefixes = new TreeSet<>();
        for (String topic : topics) {
            if (topic.endsWith(suffix)) {
                String prefix = topic.substring(0, topic.length() - suffix.length());
                if (ExperimentTopics.NAME.matcher(prefix).matches()) {
                    prefixes.add(prefix);
                }
            }
        }
        return prefixes;
    }
}
