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
import org.jspecify.annotations.Nullable;

/**
 * Rows that point to a referenced row are searched without an index, whenever that row is deleted
 * or its key changes. Neither the nodes nor the cost of a plan show it: the time stands with the
 * triggers alone.
 */
final class ForeignKeyLacksIndex implements PlanRule, CatalogueRule {

  /**
   * What a foreign key without an index had its triggers do: there is one for each partition of the
   * referenced table.
   */
  private record Search(ReferencingKey reference, List<Trigger> triggers) {

    double ms() {
      return triggers.stream().mapToDouble(Trigger::spentMs).sum();
    }

    double calls() {
      return triggers.stream().mapToDouble(Trigger::calls).sum();
    }

    /** Pointer of a field of the trigger; of all triggers where there are several. */
    String source(Plan plan, String field) {
      return triggers.size() > 1
          ? "/Triggers"
          : "/Triggers/%d/%s".formatted(plan.triggers().indexOf(triggers.get(0)), field);
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
    List<Trigger> triggers = new ArrayList<>();
    for (Trigger trigger : plan.triggers()) {
      if (maySearch(ForeignKeySide.of(subject, trigger))) {
        if (trigger.timeMs() == null) {
          return new Verdict.Inconclusive("time in the triggers of foreign keys: TIMING was off");
        }
        triggers.add(trigger);
      }
    }
    return triggers.isEmpty()
        ? withoutTriggers(subject, modified)
        : judge(subject, modified, triggers);
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
    if (catalogue != null
        && searchedWithoutIndex(catalogue, withPartitioned(catalogue, modified)).isEmpty()) {
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

  /** The names of tables, and those of what they are partitions of: a key may point to either. */
  private static Set<String> withPartitioned(Catalogue catalogue, Set<String> names) {
    Set<String> all = new TreeSet<>(names);
    catalogue.relations().stream()
        .filter(relation -> names.contains(relation.name()))
        .flatMap(relation -> catalogue.partitionedAbove(relation).stream())
        .forEach(relation -> all.add(relation.name()));
    return all;
  }

  /** The keys that a trigger may serve. */
  private static List<ReferencingKey> keys(
      @Nullable Catalogue catalogue, Set<String> modified, Trigger trigger) {
    if (catalogue == null) {
      return List.of();
    }
    Set<String> referenced =
        withPartitioned(
            catalogue, trigger.relation() == null ? modified : Set.of(trigger.relation()));
    return ReferencingKey.named(catalogue, Objects.requireNonNull(trigger.constraint())).stream()
        .filter(reference -> referenced.contains(reference.key().referenced().name()))
        .toList();
  }

  private Verdict judge(PlanSubject subject, Set<String> modified, List<Trigger> triggers) {
    Catalogue catalogue = subject.catalogue();
    Map<ReferencingKey, List<Trigger>> known = new LinkedHashMap<>();
    List<UnknownForeignKey> unknown = new ArrayList<>();
    for (Trigger trigger : triggers) {
      List<ReferencingKey> keys = keys(catalogue, modified, trigger);
      double share = subject.shareOfMs(trigger.spentMs());
      if (keys.size() == 1) {
        known.computeIfAbsent(keys.get(0), key -> new ArrayList<>()).add(trigger);
      } else if (share >= Thresholds.EXPLAINS_SHARE) {
        unknown.add(new UnknownForeignKey(trigger, ForeignKeySide.of(subject, trigger), share));
      }
    }
    Map<RelationName, List<Search>> searches = new LinkedHashMap<>();
    known.forEach(
        (key, ofKey) -> {
          Search search = new Search(key, ofKey);
          if (subject.shareOfMs(search.ms()) >= Thresholds.EXPLAINS_SHARE && !key.hasIndex()) {
            searches
                .computeIfAbsent(key.relation().qualifiedName(), name -> new ArrayList<>())
                .add(search);
          }
        });
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

  private Cause cause(PlanSubject subject, List<Search> searches) {
    Plan plan = subject.plan();
    ReferencingKey first = searches.get(0).reference();
    RelationName searched = first.relation().qualifiedName();
    double share = 0;
    List<Evidence> evidence = new ArrayList<>();
    for (Search search : searches) {
      share += subject.shareOfMs(search.ms());
      evidence.add(
          Evidence.ms(
              "time to search by " + search.reference().columns(),
              search.ms(),
              search.source(plan, "Time")));
      evidence.add(
          Evidence.count(
              "searches by " + search.reference().columns(),
              search.calls(),
              "{call}",
              search.source(plan, "Calls")));
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
