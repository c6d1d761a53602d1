package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule saw in one plan.
 *
 * @param rule the rule's id
 * @param relation the relation that it concerns; null where it concerns none
 * @param node the node that shows it
 * @param title one line: what happens
 * @param explanation why that is slow, in plain words
 * @param evidence the facts
 * @param timeShare share of the execution time that it explains, 0 to 1
 * @param remedy what kind of thing helps
 */
public record Cause(
    String rule,
    @Nullable RelationName relation,
    PlanNode node,
    String title,
    String explanation,
    List<Evidence> evidence,
    double timeShare,
    Remedy remedy) {

  public Cause {
    evidence = List.copyOf(evidence);
  }
}
