package dev.longtail.aggregator.command;

import dev.longtail.aggregator.client.CountedExperiment;
import dev.longtail.aggregator.client.EstimateReader;
import dev.longtail.aggregator.client.EstimateUnavailableException;
import dev.longtail.aggregator.client.StrongestInfluences;

/**
 * What {@code longtail query} asks. The same question has the same answer, byte for byte, whether
 * the command reads the state itself or a dashboard reads it in its place.
 */
public sealed interface EstimateQuestion {

    /** Memorization of a training example. */
    record Memorization(int train) implements EstimateQuestion {

        @Override
        public String path() {
            return "query/mem?train=" + train;
        }

        @Override
        public String json(EstimateReader reader) throws EstimateUnavailableException {
            return answerJson(reader).of(reader.memorization(train));
        }

        @Override
        public String text(EstimateReader reader) throws EstimateUnavailableException {
            return answerText(reader).of(reader.memorization(train));
        }
    }

    /** Influence of a training example on a test example. */
    record Influence(int train, int test) implements EstimateQuestion {

        @Override
        public String path() {
            return "query/influence?train=%d&test=%d".formatted(train, test);
        }

        @Override
        public String json(EstimateReader reader) throws EstimateUnavailableException {
            return answerJson(reader).of(reader.influence(train, test));
        }

        @Override
        public String text(EstimateReader reader) throws EstimateUnavailableException {
            return answerText(reader).of(reader.influence(train, test));
        }
    }

    /**
     * The test examples that a training example influences most.
     *
     * @param most how many of each sign at most
     */
    record TopOfTrain(int train, int most) implements EstimateQuestion {

        @Override
        public String path() {
            return "query/top?train=%d&most=%d".formatted(train, most);
        }

        @Override
        public String json(EstimateReader reader) throws EstimateUnavailableException {
            return answerJson(reader).of(strongest(reader));
        }

        @Override
        public String text(EstimateReader reader) throws EstimateUnavailableException {
            return answerText(reader).topOfTrain(train, strongest(reader));
        }

        private StrongestInfluences strongest(EstimateReader reader)
                throws EstimateUnavailableException {
            return reader.topOfTrain(train, most);
        }
    }

    /**
     * The training examples that influence a test example most.
     *
     * @param most how many of each sign at most
     */
    record TopOfTest(int test, int most) implements EstimateQuestion {

        @Override
        public String path() {
            return "query/top?test=%d&most=%d".formatted(test, most);
        }

        @Override
        public String json(EstimateReader reader) throws EstimateUnavailableException {
            return answerJson(reader).of(strongest(reader));
        }

        @Override
        public String text(EstimateReader reader) throws EstimateUnavailableException {
            return answerText(reader).topOfTest(test, strongest(reader));
        }

        private StrongestInfluences strongest(EstimateReader reader)
                throws EstimateUnavailableException {
            return reader.topOfTest(test, most);
        }
    }

    /** Where a dashboard answers this, relative to {@code /api/experiments/OUTPUT/}. */
    String path();

    /**
     * The answer for programs.
     *
     * @throws EstimateUnavailableException when there is none
     */
    String json(EstimateReader reader) throws EstimateUnavailableException;

    /**
     * The answer for people, in lines.
     *
     * @throws EstimateUnavailableException when there is none
     */
    String text(EstimateReader reader) throws EstimateUnavailableException;

    private static AnswerJson answerJson(EstimateReader reader) {
        CountedExperiment counted = reader.experiment();
        return new AnswerJson(counted.job().getAlpha(), counted.anytimeGuarantee());
    }

    private static AnswerText answerText(EstimateReader reader) {
        CountedExperiment counted = reader.experiment();
        return new AnswerText(counted.job().getAlpha(), counted.anytimeGuarantee());
    }
}
