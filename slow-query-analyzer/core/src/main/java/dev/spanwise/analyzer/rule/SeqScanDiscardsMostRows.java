package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.Optional;
import java.util.Set;

/** A table is read from end to end, and its filter throws nearly all of it away. */
final class SeqScanDiscardsMostRows implements PlanRule {

  private static final NodeType[] SCANS = {NodeType.SEQ_SCAN};

  @Override
  public Verdict examine(PlanSubject subject) {
    return Discards.examine(subject, SCANS, subject::ownShare, scan -> cause(subject, scan));
  }

  private Cause cause(PlanSubject subject, PlanNode scan) {
    RelationName relation = PlanSubject.relationName(scan);
    Discards discards = Discards.of(scan);
    String title =
        "Every row of %s is read and %s thrown away"
            .formatted(relation, Percent.of(discards.share()));
    double repetitions = subject.repetitions(scan);
    String explanation =
        "No index was used to find the rows: PostgreSQL read all %s rows of %s%s and kept %s. The time grows with the table."
            .formatted(
                Wording.count(discards.read() / repetitions),
                relation,
                repetitions >= 2 ? " %s times".formatted(Wording.count(repetitions)) : "",
                Wording.count(discards.returned()));
    return new Cause(
        id(),
        relation,
        scan,
        Set.of(scan.pointer()),
        title,
        explanation,
        discards.evidence(subject.ownShare(scan)),
        subject.ownShare(scan),
        remedy(subject, scan));
  }

  /** What the advisor derives from the plan is a b-tree for values, not for patterns. */
  private static Remedy remedy(PlanSubject subject, PlanNode scan) {
    Optional<Remedy.Step> search = FilteredScan.of(subject, scan).flatMap(SearchIndex::ofFilter);
    return search.isPresent() ? search.get() : new Remedy.Index();
  }
}
