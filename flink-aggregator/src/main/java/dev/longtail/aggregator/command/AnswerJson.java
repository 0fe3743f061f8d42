package dev.longtail.aggregator.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longtail.aggregator.AnytimeGuarantee;
import dev.longtail.aggregator.client.Influence;
import dev.longtail.aggregator.client.Memorization;
import dev.longtail.aggregator.client.StrongestInfluences;
import dev.longtail.aggregator.client.TrialPoint;
import dev.longtail.estimators.AnytimeBand;
import dev.longtail.estimators.Estimate;
import dev.longtail.estimators.InOutCounts;
import dev.longtail.estimators.Interval;
import java.util.List;

/** Answers for programs. Undefined values are null. */
final class AnswerJson {

    private final ObjectMapper mapper = new ObjectMapper();
    private final AnytimeBand band;
    private final AnytimeGuarantee guarantee;

    AnswerJson(double alpha, AnytimeGuarantee guarantee) {
        this.band = AnytimeBand.atLevel(alpha);
        this.guarantee = guarantee;
    }

    String of(Memorization answer) {
        ObjectNode node = mapper.createObjectNode().put("train", answer.train());
        return finished(add(node, answer.estimate()), answer.from());
    }

    String of(Influence answer) {
        return finished(node(answer), answer.from());
    }

    String of(StrongestInfluences top) {
        ObjectNode node = mapper.createObjectNode();
        node.set("helpful", list(top.helpful()));
        node.set("harmful", list(top.harmful()));
        return finished(node, top.from());
    }

    private ArrayNode list(List<Influence> influences) {
        ArrayNode list = mapper.createArrayNode();
        influences.forEach(influence -> list.add(node(influence)));
        return list;
    }

    private ObjectNode node(Influence influence) {
        ObjectNode node =
                mapper.createObjectNode()
                        .put("train", influence.train())
                        .put("test", influence.test());
        return add(node, influence.estimate());
    }

    private ObjectNode add(ObjectNode node, Estimate estimate) {
        InOutCounts counts = estimate.counts();
        Interval interval = band.of(counts);
        boolean hasBand = estimate.isDefined() && guarantee.holds();
        return node.put("value", defined(estimate.value()))
                .put("standardError", defined(estimate.standardError()))
                .put("bandLower", hasBand ? (Double) interval.lower() : null)
                .put("bandUpper", hasBand ? (Double) interval.upper() : null)
                .put("included", counts.in())
                .put("includedCorrect", counts.inCorrect())
                .put("excluded", counts.out())
                .put("excludedCorrect", counts.outCorrect());
    }

    private String finished(ObjectNode node, TrialPoint from) {
        return node.put("alpha", band.alpha())
                .put("convergedOnly", guarantee == AnytimeGuarantee.CONVERGED_ONLY)
                .put("anytimeGuarantee", guarantee.name())
                .put("trials", from.trials())
                .put("block", from.block())
                .toString();
    }

    private static Double defined(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
