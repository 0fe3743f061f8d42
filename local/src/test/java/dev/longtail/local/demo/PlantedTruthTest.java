package dev.longtail.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.local.demo.DemoReport.Planted;
import dev.longtail.schemas.GroundTruth;
import dev.longtail.schemas.InfluencePair;
import dev.longtail.schemas.TwinPair;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlantedTruthTest {

    @Test
    void ranksFlipsAndOnceSeenStylesAgainstTypicalExamplesAndLooksForTwins() {
        GroundTruth truth = truth(List.of(0, 1), List.of(2), List.of(3, 4, 5));
        truth.setNearDuplicates(List.of(new TwinPair(2, 7), new TwinPair(0, 8)));
        double[] memorization = {0.9, 0.3, 0.4, 0.1, 0.35, Double.NaN};

        Planted planted =
                PlantedTruth.compare(truth, memorization, List.of(pair(2, 7), pair(8, 0)));

        assertThat(planted.typical()).as("5 is undefined").isEqualTo(2);
        // Of the four comparisons of 0.9 and 0.3 with 0.1 and 0.35, three are won.
        assertThat(planted.flipsAuc()).isEqualTo(0.75);
        assertThat(planted.flipsMemorization()).isEqualTo(0.6);
        assertThat(planted.seenOnceAuc()).isEqualTo(1.0);
        assertThat(planted.twinsFound()).isEqualTo(1);
        assertThat(planted.twinsRecall()).isEqualTo(0.5);
    }

    @Test
    void aFlipIsNeitherTypicalNorAPureOnceSeenStyle() {
        Planted planted =
                PlantedTruth.compare(
                        truth(List.of(0), List.of(0, 1), List.of(0, 2)),
                        new double[] {0.9, 0.5, 0.1},
                        List.of());
        assertThat(planted.typical()).isEqualTo(1);
        assertThat(planted.seenOnce()).isEqualTo(1);
    }

    @Test
    void whatWasNotPlantedIsUndefined() {
        Planted planted =
                PlantedTruth.compare(
                        truth(List.of(), List.of(), List.of(0)), new double[] {0.1}, List.of());
        assertThat(planted.flipsAuc()).isNull();
        assertThat(planted.flipsMemorization()).isNull();
        assertThat(planted.twinsRecall()).isNull();
    }

    private static GroundTruth truth(
            List<Integer> flipped, List<Integer> seenOnce, List<Integer> typical) {
        return GroundTruth.newBuilder()
                .setFlipped(flipped)
                .setOriginalLabels(flipped)
                .setSeenOnce(seenOnce)
                .setTypical(typical)
                .setNearDuplicates(List.of())
                .build();
    }

    private static InfluencePair pair(int train, int test) {
        return InfluencePair.newBuilder()
                .setTrain(train)
                .setTest(test)
                .setIncluded(1)
                .setIncludedCorrect(1)
                .setCorrect(1)
                .setInfluence(0.5)
                .setStandardError(0.1)
                .setMemorization(0.5)
                .build();
    }
}
