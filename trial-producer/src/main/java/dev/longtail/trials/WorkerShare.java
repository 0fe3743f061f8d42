package dev.longtail.trials;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One worker's part of the trials: trial number k belongs to worker k mod {@code workers}. No
 * coordinator is needed, and a lost worker's trials can be run by any other under its index.
 *
 * @param index of the worker, from 0
 * @param workers number of workers, at least 1
 */
public record WorkerShare(int index, int workers) {

    /** Kubernetes sets this to the index of an Indexed Job's pod. */
    static final String JOB_INDEX = "JOB_COMPLETION_INDEX";

    private static final Pattern FORM = Pattern.compile("(\\d{1,9}|job)/(\\d{1,9})");

    /**
     * @throws IllegalArgumentException when the index is not below the number of workers
     */
    public WorkerShare {
        if (index < 0 || workers < 1 || index >= workers) {
            throw new IllegalArgumentException(
                    "expected a worker INDEX/COUNT with 0 <= INDEX < COUNT, found %d/%d"
                            .formatted(index, workers));
        }
    }

    /**
     * Reads {@code 3/16}, or {@code job/16} for the index of a Kubernetes Indexed Job.
     *
     * @param environment usually {@code System.getenv()}
     * @throws IllegalArgumentException when the text is neither or the environment has no index
     */
    public static WorkerShare parse(String text, Map<String, String> environment) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "expected INDEX/COUNT, for example 0/2, or job/COUNT, found '" + text + "'");
        }
        String index = form.group(1);
        if (index.equals("job")) {
            index = environment.get(JOB_INDEX);
            if (index == null || !index.matches("\\d{1,9}")) {
                throw new IllegalArgumentException(
                        "expected %s in the environment of an Indexed Job for '%s', found %s"
                                .formatted(JOB_INDEX, text, index));
            }
        }
        return new WorkerShare(Integer.parseInt(index), Integer.parseInt(form.group(2)));
    }

    /** Whether a trial belongs to this worker. */
    public boolean owns(long trial) {
        return trial % workers == index;
    }

    @Override
    public String toString() {
        return index + "/" + workers;
    }
}
