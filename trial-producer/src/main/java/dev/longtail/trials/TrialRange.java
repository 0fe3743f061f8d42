package dev.longtail.trials;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * Which trials to run, by number.
 *
 * @param first number of the first trial, at least 0
 * @param last number of the last trial, inclusive, at least {@code first}
 */
public record TrialRange(long first, long last) {

    private static final Pattern RANGE = Pattern.compile("(\\d{1,18})\\.\\.(\\d{1,18})");
    private static final Pattern COUNT = Pattern.compile("\\d{1,18}");

    /**
     * @throws IllegalArgumentException when the range is empty or negative
     */
    public TrialRange {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException(
                    "expected trials FIRST..LAST with 0 <= FIRST <= LAST, found %d..%d"
                            .formatted(first, last));
        }
    }

    /**
     * Reads {@code 100..199}, or {@code 200} for the trials 0 to 199.
     *
     * @throws IllegalArgumentException when the text is neither
     */
    public static TrialRange parse(String text) {
        Matcher range = RANGE.matcher(text);
        if (range.matches()) {
            return new TrialRange(Long.parseLong(range.group(1)), Long.parseLong(range.group(2)));
        }
        if (COUNT.matcher(text).matches() && Long.parseLong(text) > 0) {
            return new TrialRange(0, Long.parseLong(text) - 1);
        }
        throw new IllegalArgumentException(
                "expected a number of trials or FIRST..LAST, found '" + text + "'");
    }

    /** The numbers of one worker's share, ascending. */
    public List<Long> share(WorkerShare worker) {
        return LongStream.rangeClosed(first, last).filter(worker::owns).boxed().toList();
    }
}
