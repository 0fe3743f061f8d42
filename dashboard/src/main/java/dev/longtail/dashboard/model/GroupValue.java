package dev.longtail.dashboard.model;

/** A published value that speaks for one group of examples. */
interface GroupValue {

    /** Number of the group, from 0. */
    int group();

    /** Number of groups; together they hold every example of their side. */
    int groups();

    /** The job's attempt; grows with every restore. */
    long attempt();

    /** Number of the last block of trials counted. */
    long block();

    /** Trials counted. */
    long trials();
}
