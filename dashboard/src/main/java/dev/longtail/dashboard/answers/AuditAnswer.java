package dev.longtail.dashboard.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longtail.dashboard.model.Memorization;
import dev.longtail.dashboard.model.Snapshot;
import dev.longtail.dashboard.topics.ExampleStore;
import dev.longtail.estimators.LabelAudit;
import dev.longtail.estimators.RankingQuality;
import dev.longtail.schemas.GroundTruth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Suspects of a wrong label: much memorized, rarely right without.
 *
 * @param page the suspects asked for
 * @param planted per row what is known to have been done to the example; null where nothing is
 * @param flipped number of labels known to have been flipped; null for real data
 * @param areaUnderCurve how well suspicion ranks known flips over the others; null for real data
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record AuditAnswer(
        ExamplePage page, List<String> planted, Integer flipped, Double areaUnderCurve) {

    /** The suspects that a query asks for. */
    public static AuditAnswer of(
            Snapshot snapshot, ExampleStore examples, ExamplePage.Query query) {
        GroundTruth truth = snapshot.description().experiment().getGroundTruth();
        ExamplePage page = ExamplePage.of(snapshot, examples, query);
        List<String> planted = new ArrayList<>();
        page.rows().forEach(row -> planted.add(Planted.of(truth, row.index())));
        return new AuditAnswer(
                page,
                planted,
                truth == null ? null : Integer.valueOf(truth.getFlipped().size()),
                truth == null || truth.getFlipped().isEmpty()
                        ? null
                        : Double.valueOf(areaUnderCurve(snapshot.memorization().get(), truth)));
    }

    private static double areaUnderCurve(Memorization m, GroundTruth truth) {
        Set<Integer> flipped = new HashSet<>(truth.getFlipped());
        double[] sought =
                flipped.stream().mapToDouble(i -> LabelAudit.suspicion(m.counts(i))).toArray();
        double[] others =
                IntStream.range(0, m.size())
                        .filter(i -> !flipped.contains(i))
                        .mapToDouble(i -> LabelAudit.suspicion(m.counts(i)))
                        .toArray();
        return RankingQuality.areaUnderCurve(sought, others);
    }
}
