package dev.longtail.dashboard.answers;

import dev.longtail.dashboard.model.Memorization;

/**
 * From how many trials an answer is: groups may be a block apart while a refresh is under way.
 *
 * @param fewest trials of the group that is furthest behind
 * @param most trials of the group that is ahead
 */
public record Trials(long fewest, long most) {

    static Trials of(Memorization memorization) {
        return new Trials(memorization.fewestTrials(), memorization.mostTrials());
    }
}
