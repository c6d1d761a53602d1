package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.plan.Conditions;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The parameters of a prepared statement in a plan. A plan for any value prints them as {@code $1};
 * one made for the values at hand prints these. Before PostgreSQL 17 the result of an InitPlan is
 * printed like a parameter.
 */
final class Parameters {

  private static final Pattern PARAMETER = Pattern.compile("\\$\\d+(?![\\w$])");
  private static final Pattern QUOTED =
      Pattern.compile("'[^']*+(?:''[^']*+)*+'|\"[^\"]*+(?:\"\"[^\"]*+)*+\"");

  private final Set<String> ofInitPlans = new HashSet<>();

  Parameters(Plan plan) {
    plan.nodes()
        .flatMap(node -> Stream.ofNullable(node.position().subplanName()))
        .forEach(name -> addAll(name, ofInitPlans));
  }

  /** Whether a node's conditions compare with a parameter of the statement. */
  boolean in(PlanNode node) {
    Conditions conditions = node.conditions();
    return Stream.of(
            conditions.filter(), conditions.indexCondition(), conditions.recheckCondition())
        .filter(Objects::nonNull)
        .anyMatch(this::in);
  }

  /** Whether a condition compares with a parameter of the statement. */
  boolean in(String condition) {
    Set<String> named = new HashSet<>();
    addAll(condition, named);
    named.removeAll(ofInitPlans);
    return !named.isEmpty();
  }

  private static void addAll(String text, Set<String> parameters) {
    Matcher matcher = PARAMETER.matcher(QUOTED.matcher(text).replaceAll("?"));
    while (matcher.find()) {
      parameters.add(matcher.group());
    }
  }
}
