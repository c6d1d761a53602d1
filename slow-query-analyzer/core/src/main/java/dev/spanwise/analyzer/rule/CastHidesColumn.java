package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Column;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.condition.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A filter or a join compares a column after a conversion to another type, which no index on it can
 * find.
 */
final class CastHidesColumn implements PlanRule {

  @Override
  public Verdict examine(PlanSubject subject) {
    List<FilteredScan> scans =
        subject.filteredScans().stream()
            .filter(
                scan ->
                    !casts(scan, ColumnCast.COMPUTES).isEmpty()
                        || !casts(scan, ColumnCast.UNKNOWN).isEmpty())
            .toList();
    if (!scans.isEmpty() && !subject.plan().analyzed()) {
      return new Verdict.Inconclusive(
          "rows thrown away by a filter on a cast column: the plan was not executed (EXPLAIN without ANALYZE)");
    }
    List<Cause> causes = new ArrayList<>();
    Set<String> unknown = new TreeSet<>();
    for (FilteredScan scan : scans) {
      List<FilteredScan.Comparison> hidden = casts(scan, ColumnCast.COMPUTES);
      if (hidden.isEmpty()) {
        casts(scan, ColumnCast.UNKNOWN).stream()
            .map(comparison -> scan.name() + "." + cast(comparison).column().name())
            .forEach(unknown::add);
      } else if (!HiddenComparisons.isServedByOthers(scan, hidden)) {
        causes.add(cause(scan, hidden.get(0)));
      }
    }
    if (subject.plan().analyzed()) {
      JoinedScan.of(subject).stream()
          .filter(joined -> joined.columns().isEmpty() && joined.isWasteful())
          .forEach(joined -> addJoined(subject, joined, causes, unknown));
    }
    if (causes.isEmpty() && !unknown.isEmpty()) {
      return new Verdict.Inconclusive(
          "the type of %s, which a condition casts: %s"
              .formatted(
                  String.join(", ", unknown),
                  subject.catalogue() == null
                      ? "no database was named"
                      : "the database that was named has no such column, or a type of its own for it"));
    }
    return Verdict.of(causes);
  }

  private void addJoined(
      PlanSubject subject, JoinedScan joined, List<Cause> causes, Set<String> unknown) {
    Relation relation = subject.relation(joined.scan().first()).orElse(null);
    for (Operand.Cast cast : joined.casts()) {
      switch (ColumnCast.of(cast, relation)) {
        case COMPUTES -> {
          causes.add(cause(joined, cast, relation));
          return;
        }
        case UNKNOWN -> unknown.add(joined.scan().name() + "." + cast.column().name());
        case RENAMES -> {}
      }
    }
  }

  private static List<FilteredScan.Comparison> casts(FilteredScan scan, ColumnCast effect) {
    return scan.comparisons()
        .filter(FilteredScan.Comparison::isOrdered)
        .filter(
            comparison ->
                comparison.operand() instanceof Operand.Cast cast
                    && ColumnCast.of(cast, scan.relation()) == effect)
        .toList();
  }

  private static Operand.Cast cast(FilteredScan.Comparison comparison) {
    return (Operand.Cast) comparison.operand();
  }

  private Cause cause(FilteredScan scan, FilteredScan.Comparison comparison) {
    Operand.Cast cast = cast(comparison);
    String column = RelationName.quoted(cast.column().name());
    Discards discards = Discards.of(scan.scan());
    String title =
        "%s of %s is converted to %s for each row to find %s of %s"
            .formatted(
                column, scan.name(), cast.type(), discards.kept(), Wording.count(discards.read()));
    String explanation =
        "The compared value is of type %s, %s. An index on the column is in the order of its own type, so PostgreSQL converted %s rows and kept %s."
            .formatted(
                cast.type(),
                type(scan.relation(), cast),
                Wording.count(discards.read()),
                discards.kept());
    return scan.cause(
        id(),
        title,
        explanation,
        List.of(
            new Evidence(
                "compared expression",
                CastRemedy.shown(cast),
                "1",
                scan.node().pointer() + "/Filter")),
        remedy(scan, cast));
  }

  private Cause cause(JoinedScan joined, Operand.Cast cast, @Nullable Relation relation) {
    TableScan scan = joined.scan();
    String title =
        "%s of %s is converted to %s for each row to join %s of %s"
            .formatted(
                RelationName.quoted(cast.column().name()),
                scan.name(),
                cast.type(),
                Wording.count(joined.joined()),
                Wording.count(joined.read()));
    String explanation =
        "The join compares it with a value of type %s, %s. An index on the column is in the order of its own type, so PostgreSQL converted %s rows to find those that join %s of the other side."
            .formatted(
                cast.type(),
                type(relation, cast),
                Wording.count(joined.read()),
                Wording.count(PlanSubject.rows(joined.other()), "row"));
    return new Cause(
        id(),
        scan.name(),
        scan.first(),
        joined.explains(),
        title,
        explanation,
        joined.evidence(),
        joined.share(),
        remedy(new FilteredScan(scan, List.of(), relation), cast));
  }

  private static String type(@Nullable Relation relation, Operand.Cast cast) {
    return relation == null
        ? "and the column is not"
        : "and the column is "
            + relation.column(cast.column().name()).map(Column::type).orElse("not");
  }

  private static Remedy.Step remedy(FilteredScan scan, Operand.Cast cast) {
    return FunctionRemedy.rewrite(
        CastRemedy.words(cast) + FunctionRemedy.indexNote(scan, cast.column().name()));
  }
}
