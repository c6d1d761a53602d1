package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table is read from end to end, and its filter throws nearly all of it away, or the hash join
 * above finds no partner for it.
 */
final class SeqScanDiscardsMostRows implements PlanRule {

  private static final NodeType[] SCANS = {NodeType.SEQ_SCAN};

  @Override
  public Verdict examine(PlanSubject subject) {
    Verdict filtered = Discards.examine(subject, SCANS, TableScan::ownShare, this::cause);
    if (!subject.plan().analyzed()) {
      return filtered;
    }
    List<Cause> causes = new ArrayList<>();
    if (filtered instanceof Verdict.Found found) {
      causes.addAll(found.causes());
    }
    JoinedScan.of(subject).stream()
        .filter(JoinedScan::isWasteful)
        .filter(joined -> !Discards.of(joined.scan()).areMost())
        .filter(joined -> isUnserved(subject, joined))
        .map(this::cause)
        .forEach(causes::add);
    return Verdict.of(causes);
  }

  /** Whether the join compares columns of the table of which no index that is known begins. */
  private static boolean isUnserved(PlanSubject subject, JoinedScan joined) {
    return !joined.columns().isEmpty()
        && joined.columns().stream()
            .noneMatch(
                column ->
                    FilteredScan.indexOn(
                            subject.relation(joined.scan().first()).orElse(null), Set.of(column))
                        .isPresent());
  }

  private Cause cause(TableScan scan) {
    RelationName relation = scan.name();
    Discards discards = Discards.of(scan);
    String title =
        "Every row of %s is read and %s thrown away"
            .formatted(relation, Percent.of(discards.share()));
    double repetitions = scan.subject().repetitions(scan.first());
    String explanation =
        "No index was used to find the rows: PostgreSQL read all %s rows of %s%s and kept %s. The time grows with the table."
            .formatted(
                Wording.count(discards.read() / repetitions),
                relation,
                repetitions >= 2 ? " %s times".formatted(Wording.count(repetitions)) : "",
                discards.kept());
    return new Cause(
        id(),
        relation,
        scan.first(),
        scan.pointers(),
        title,
        explanation,
        discards.evidence(scan.ownShare()),
        scan.ownShare(),
        remedy(scan));
  }

  /** What the advisor derives from the plan is a b-tree for values, not for patterns. */
  private static Remedy remedy(TableScan scan) {
    Optional<FilteredScan> filtered = FilteredScan.of(scan);
    Optional<Remedy.Step> search =
        filtered.flatMap(ArraySearch::of).or(() -> filtered.flatMap(SearchIndex::ofFilter));
    return search.isPresent() ? search.get() : new Remedy.Index();
  }

  private Cause cause(JoinedScan joined) {
    TableScan scan = joined.scan();
    RelationName relation = scan.name();
    PlanNode first = scan.first();
    double thrownAway = 1 - joined.joined() / joined.read();
    double others = PlanSubject.rows(joined.other());
    return new Cause(
        id(),
        relation,
        first,
        joined.explains(),
        "Every row of %s is read and %s find no partner in the join"
            .formatted(relation, Percent.of(thrownAway)),
        "No index was used to find the rows that join %s of the other side by %s: PostgreSQL read all %s rows of %s and joined %s. The time grows with the table."
            .formatted(
                Wording.count(others, "row"),
                Wording.list(joined.columns().stream().map(RelationName::quoted).toList()),
                Wording.count(joined.read()),
                relation,
                Wording.count(joined.joined())),
        joined.evidence(),
        joined.share(),
        new Remedy.Index());
  }
}
