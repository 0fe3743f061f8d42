package dev.longtail.aggregator.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longtail.aggregator.AnytimeGuarantee;
import dev.longtail.aggregator.client.Memorization;
import dev.longtail.aggregator.client.StrongestInfluences;
import dev.longtail.aggregator.client.TrialPoint;
import dev.longtail.estimators.Estimate;
import dev.longtail.estimators.InOutCounts;
import dev.longtail.schemas.SamplerKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AnswersTest {

    private static final Memorization ANSWER =
            new Memorization(
                    17, Estimate.of(new InOutCounts(70, 69, 30, 12)), new TrialPoint(100, 3));

    @Test
    void bandsAreShownWhereTheyPromiseSomething() throws Exception {
        AnytimeGuarantee holds = AnytimeGuarantee.of(SamplerKind.BERNOULLI, false);
        assertThat(new AnswerText(0.05, holds).of(ANSWER))
                .contains("at all times with probability 0.95");
        assertThat(json(holds).path("bandLower").isNumber()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = "HOLDS", mode = EnumSource.Mode.EXCLUDE)
    void elseItIsSaidWhyThereIsNone(AnytimeGuarantee guarantee) throws Exception {
        assertThat(new AnswerText(0.05, guarantee).of(ANSWER))
                .contains("+0.5857 ± ", "band           " + guarantee.sentence())
                .doesNotContain("at all times");
        assertThat(json(guarantee).path("bandLower").isNull()).isTrue();
        assertThat(json(guarantee).path("value").isNumber()).isTrue();
        assertThat(json(guarantee).path("anytimeGuarantee").asText()).isEqualTo(guarantee.name());
    }

    /** Also where there is no value, and so no band that could be missing. */
    @ParameterizedTest
    @CsvSource({"CONVERGED_ONLY, true", "ARBITRARY_SAMPLER, false", "HOLDS, false"})
    void trialsLeftOutByTheirOutcomeAreSaid(AnytimeGuarantee guarantee, boolean said)
            throws Exception {
        AnswerText text = new AnswerText(0.05, guarantee);
        TrialPoint from = ANSWER.from();
        Memorization undefined =
                new Memorization(17, Estimate.of(new InOutCounts(100, 69, 0, 0)), from);
        StrongestInfluences top = new StrongestInfluences(List.of(), List.of(), from);

        for (String answer :
                List.of(
                        text.of(ANSWER),
                        text.of(undefined),
                        text.topOfTrain(17, top),
                        text.topOfTest(17, top))) {
            assertThat(answer.contains("(block 100), converged trials only")).isEqualTo(said);
        }
        assertThat(json(guarantee).path("convergedOnly").asBoolean()).isEqualTo(said);
    }

    private static JsonNode json(AnytimeGuarantee guarantee) throws Exception {
        return new ObjectMapper().readTree(new AnswerJson(0.05, guarantee).of(ANSWER));
    }
}
