package dev.longtail.aggregator.client;

import dev.longtail.schemas.Convergence;
import java.util.Optional;

/**
 * Reads the estimates of one job. Every answer is from one number of trials.
 *
 * <p>Safe for use by several threads.
 */
public interface EstimateReader extends AutoCloseable {

    /**
     * Memorization of a training example.
     *
     * @param train index from 0
     * @throws EstimateUnavailableException when there is no answer
     */
    Memorization memorization(int train) throws EstimateUnavailableException;

    /**
     * Influence of a training example on a test example.
     *
     * @param train index from 0
     * @param test index from 0
     * @throws EstimateUnavailableException when there is no answer
     */
    Influence influence(int train, int test) throws EstimateUnavailableException;

    /**
     * The test examples that a training example helps and harms most.
     *
     * @param train index from 0
     * @param most how many of each sign at most
     * @throws EstimateUnavailableException when there is no answer
     */
    StrongestInfluences topOfTrain(int train, int most) throws EstimateUnavailableException;

    /**
     * The training examples that help and harm a test example most.
     *
     * @param test index from 0
     * @param most how many of each sign at most
     * @throws EstimateUnavailableException when there is no answer
     */
    StrongestInfluences topOfTest(int test, int most) throws EstimateUnavailableException;

    /** The last published progress; empty before the first publication. */
    Optional<Convergence> progress();

    /** The job and the experiment it counts. */
    CountedExperiment experiment();

    @Override
    void close();
}
