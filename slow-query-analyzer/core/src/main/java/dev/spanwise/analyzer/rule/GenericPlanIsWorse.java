package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.Conditions;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A prepared statement runs by a plan for any value, which is a bad one for the value at hand. */
final class GenericPlanIsWorse implements PlanRule {

  private static final Remedy.Step PLAN_FOR_VALUES =
      SessionSetting.step("plan_cache_mode", "force_custom_plan", "the value is not planned with");

  /** A parameter that is an array, whose length a generic plan does not know. */
  private static final Pattern ARRAY = Pattern.compile("\\b(?:ANY|ALL) \\(\\$\\d+");

  @Override
  public Verdict examine(PlanSubject subject) {
    if (!subject.plan().analyzed()) {
      Parameters parameters = new Parameters(subject.plan());
      return subject.nodes().anyMatch(parameters::in)
          ? new Verdict.Inconclusive(Misestimate.NOT_EXECUTED)
          : new Verdict.Clear();
    }
    List<Cause> causes = new ArrayList<>();
    for (Misestimate misestimate : subject.misestimates().found()) {
      if (MisestimateReason.of(misestimate, subject)
          instanceof MisestimateReason.GenericPlan generic) {
        causes.add(cause(subject, misestimate, generic.scan()));
      }
    }
    subject.filteredScans().stream()
        .flatMap(scan -> UnseenPattern.of(scan).stream())
        .map(this::cause)
        .forEach(causes::add);
    return Verdict.of(causes);
  }

  private Cause cause(PlanSubject subject, Misestimate misestimate, PlanNode scan) {
    RelationName name = PlanSubject.relationName(scan);
    boolean array = comparesWithArray(scan.conditions());
    return misestimate.cause(
        id(),
        scan,
        array
            ? "One plan for arrays of any length is a bad one for this array, on %s".formatted(name)
            : "One plan for all values is a bad one for this value of %s".formatted(name),
        "The statement was prepared, and after five executions PostgreSQL kept a plan that does not look at the parameters' values. "
            + (array
                ? "Such a plan counts on ten elements of an array, however many there are; one made for the array would count them."
                : "A plan made for the value would know from the statistics that it is an unusual one.")
            + (subject.catalogue() == null ? Misestimate.UNKNOWN_AGE : ""),
        List.of(),
        PLAN_FOR_VALUES);
  }

  private static boolean comparesWithArray(Conditions conditions) {
    return Stream.of(
            conditions.filter(), conditions.indexCondition(), conditions.recheckCondition())
        .filter(Objects::nonNull)
        .anyMatch(printed -> ARRAY.matcher(printed).find());
  }

  private Cause cause(UnseenPattern unseen) {
    FilteredScan scan = unseen.scan();
    Discards discards = Discards.of(scan.scan());
    String index = RelationName.quoted(unseen.index().name());
    return scan.cause(
        id(),
        "One plan for all patterns cannot use the index %s on %s".formatted(index, scan.name()),
        "The statement was prepared, and after five executions PostgreSQL kept a plan that does not look at the parameters' values. The index %s finds what begins with a text, and only a plan made for the pattern sees with what it begins: this one compared %s rows and kept %s. For a pattern that begins with a wildcard it would do no better."
            .formatted(index, Wording.count(discards.read()), discards.kept()),
        List.of(),
        PLAN_FOR_VALUES);
  }
}
