package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.ForeignKey;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanNode;
import dev.spanwise.analyzer.plan.Trigger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rows that point to a referenced row are searched without an index, whenever that row is deleted
 * or its key changes. Neither the nodes nor the cost of a plan show it: the time stands with the
 * triggers alone.
 */
final class ForeignKeyLacksIndex implements PlanRule, CatalogueRule {

  /** What the trigger of a foreign key without an index did. */
  private record Search(Trigger trigger, ReferencingKey reference) {

    double ms() {
      return trigger.timeMs() == null ? 0 : trigger.timeMs();
    }

    String inWords() {
      return "foreign key %s by (%s)".formatted(reference.key().name(), reference.columns());
    }
  }

  @Override
  public Verdict examine(PlanSubject subject) {
    Plan plan = subject.plan();
    List<PlanNode> searching =
        subject.nodes(NodeType.MODIFY_TABLE).filter(ForeignKeyLacksIndex::removes).toList();
    if (searching.isEmpty() || !plan.analyzed()) {
      return new Verdict.Clear();
    }
    Set<String> modified = new TreeSet<>();
    searching.forEach(node -> Stream.ofNullable(node.target().relation()).forEach(modified::add));
    List<Trigger> costly = new ArrayList<>();
    for (Trigger trigger : plan.triggers()) {
      if (maySearch(ForeignKeySide.of(subject, trigger))) {
        if (trigger.timeMs() == null) {
          return new Verdict.Inconclusive("time in the triggers of foreign keys: TIMING was off");
        }
        if (share(subject, trigger) >= Thresholds.EXPLAINS_SHARE) {
          costly.add(trigger);
        }
      }
    }
    if (costly.isEmpty()) {
      return withoutTriggers(subject, modified);
    }
    return judge(subject, modified, costly);
  }

  private static boolean removes(PlanNode node) {
    return List.of("Delete", "Update", "Merge")
        .contains(node.details().getOrDefault("Operation", ""));
  }

  private static boolean maySearch(ForeignKeySide side) {
    return side == ForeignKeySide.REFERENCED || side == ForeignKeySide.UNKNOWN;
  }

  /** auto_explain prints triggers with log_triggers only, and then no execution time of its own. */
  private static Verdict withoutTriggers(PlanSubject subject, Set<String> modified) {
    Plan plan = subject.plan();
    boolean printed = plan.executionMs() != null || !plan.triggers().isEmpty();
    Catalogue catalogue = subject.catalogue();
    if (printed) {
      return new Verdict.Clear();
    }
    if (catalogue != null && searchedWithoutIndex(catalogue, modified).isEmpty()) {
      return new Verdict.Clear();
    }
    return new Verdict.Inconclusive(
        "time in the triggers of foreign keys that point to %s (auto_explain.log_triggers)"
            .formatted(String.join(", ", modified)));
  }

  private static List<ReferencingKey> searchedWithoutIndex(
      Catalogue catalogue, Set<String> referenced) {
    return ReferencingKey.all(catalogue).stream()
        .filter(reference -> referenced.contains(reference.key().referenced().name()))
        .filter(reference -> !reference.hasIndex())
        .toList();
  }

  private Verdict judge(PlanSubject subject, Set<String> modified, List<Trigger> costly) {
    Catalogue catalogue = subject.catalogue();
    Map<RelationName, List<Search>> searches = new LinkedHashMap<>();
    List<UnknownForeignKey> unknown = new ArrayList<>();
    for (Trigger trigger : costly) {
      String constraint = Objects.requireNonNull(trigger.constraint());
      Set<String> referenced = trigger.relation() == null ? modified : Set.of(trigger.relation());
      List<ReferencingKey> named =
          catalogue == null
              ? List.of()
              : ReferencingKey.all(catalogue).stream()
                  .filter(reference -> reference.key().name().equals(constraint))
                  .filter(reference -> referenced.contains(reference.key().referenced().name()))
                  .toList();
      if (named.size() != 1) {
        ForeignKeySide side = ForeignKeySide.of(subject, trigger);
        unknown.add(new UnknownForeignKey(trigger, side, share(subject, trigger)));
      } else if (!named.get(0).hasIndex()) {
        ReferencingKey reference = named.get(0);
        searches
            .computeIfAbsent(reference.relation().qualifiedName(), name -> new ArrayList<>())
            .add(new Search(trigger, reference));
      }
    }
    List<Cause> causes = new ArrayList<>();
    searches.values().forEach(ofTable -> causes.add(cause(subject, ofTable)));
    unknown.stream()
        .filter(UnknownForeignKey::isSurelySlow)
        .forEach(key -> causes.add(key.cause(id(), subject)));
    if (causes.isEmpty() && !unknown.isEmpty()) {
      return new Verdict.Inconclusive(
          "whether an index finds the rows that the foreign key %s searches: %s"
              .formatted(
                  unknown.stream().map(UnknownForeignKey::name).collect(Collectors.joining(", ")),
                  catalogue == null
                      ? "no database was named"
                      : "the database that was named has none of that name, or several"));
    }
    return Verdict.of(causes);
  }

  private static double share(PlanSubject subject, Trigger trigger) {
    Double ms = trigger.timeMs();
    return ms == null ? 0 : subject.shareOfMs(ms);
  }

  private Cause cause(PlanSubject subject, List<Search> searches) {
    Plan plan = subject.plan();
    ReferencingKey first = searches.get(0).reference();
    RelationName searched = first.relation().qualifiedName();
    double share = 0;
    List<Evidence> evidence = new ArrayList<>();
    for (Search search : searches) {
      String source = "/Triggers/" + plan.triggers().indexOf(search.trigger());
      share += share(subject, search.trigger());
      evidence.add(
          Evidence.ms(
              "time to search by " + search.reference().columns(), search.ms(), source + "/Time"));
      evidence.add(
          Evidence.count(
              "searches by " + search.reference().columns(),
              (double) search.trigger().calls(),
              "{call}",
              source + "/Calls"));
    }
    evidence.add(Evidence.share("share of the execution time", Math.min(1, share), "/Triggers"));
    return new Cause(
        id(),
        searched,
        plan.root(),
        Set.of(),
        "Each row removed from %s makes PostgreSQL search all of %s"
            .formatted(first.key().referenced(), searched),
        "PostgreSQL needs the rows of %s that point to the row that goes or changes its key, and no index leads to them: %s. The plan's nodes do not show that time; its triggers do."
            .formatted(
                searched, searches.stream().map(Search::inWords).collect(Collectors.joining(", "))),
        evidence,
        Math.min(1, share),
        ReferencingKey.createIndex(searches.stream().map(Search::reference).toList()));
  }

  @Override
  public CatalogueVerdict examine(Catalogue catalogue) {
    return CatalogueVerdict.of(
        ReferencingKey.all(catalogue).stream()
            .filter(reference -> !reference.hasIndex())
            .filter(reference -> isSearched(catalogue, reference))
            .sorted(
                Comparator.comparingDouble((ReferencingKey reference) -> reference.rows(catalogue))
                    .reversed())
            .map(reference -> cause(catalogue, reference))
            .toList());
  }

  /** Whether rows go from the referenced table at all, and there are many to search for each. */
  private static boolean isSearched(Catalogue catalogue, ReferencingKey reference) {
    return reference.rows(catalogue) >= Thresholds.DISCARDED_ROWS
        && reference.deletedRows(catalogue) > 0;
  }

  private CatalogueCause cause(Catalogue catalogue, ReferencingKey reference) {
    RelationName searched = reference.relation().qualifiedName();
    ForeignKey key = reference.key();
    double rows = reference.rows(catalogue);
    return new CatalogueCause(
        id(),
        searched,
        key.name(),
        "No index leads to the rows of %s that point to a row of %s"
            .formatted(searched, key.referenced()),
        "For each row that is deleted from %s, or whose key changes, the foreign key %s reads all %s rows of %s. No slow statement was seen to suffer from it."
            .formatted(key.referenced(), key.name(), Wording.count(rows), searched),
        List.of(
            new Evidence(
                "columns without an index", reference.columns(), "1", "pg_constraint.conkey"),
            Evidence.rows("rows to search", rows, "pg_class.reltuples"),
            Evidence.rows(
                "rows deleted from " + key.referenced(),
                reference.deletedRows(catalogue),
                "pg_stat_all_tables.n_tup_del")),
        ReferencingKey.createIndex(List.of(reference)));
  }
}
