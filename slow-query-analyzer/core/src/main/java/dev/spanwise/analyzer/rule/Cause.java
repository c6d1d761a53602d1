package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.condition.ConditionReader;
import dev.spanwise.analyzer.condition.Operand;
import dev.spanwise.analyzer.condition.SortKey;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a rule saw in one plan.
 *
 * @param rule the rule's id
 * @param relation the relation that it concerns; null where it concerns none
 * @param node the node that shows it
 * @param explains pointers of the nodes whose own time it explains, or of what else takes it, such
 *     as {@code /Triggers/0}: where an earlier cause explains them already, this one is no cause
 *     beside it. Empty where it explains time that nothing in the plan takes
 * @param title one line: what happens
 * @param explanation why that is slow, in plain words
 * @param evidence the facts
 * @param timeShare share of the execution time that it explains, 0 to 1; more than 1 where it
 *     explains time before the execution
 * @param curableShare the part of {@code timeShare} that its cure saves
 * @param remedy what kind of thing helps
 */
public record Cause(
    String rule,
    @Nullable RelationName relation,
    PlanNode node,
    Set<String> explains,
    String title,
    String explanation,
    List<Evidence> evidence,
    double timeShare,
    double curableShare,
    Remedy remedy) {

  /** Just-in-time compilation: it passes inside of nodes, whose own time holds it. */
  static final String COMPILATION = "/JIT";

  public Cause {
    explains = Set.copyOf(explains);
    evidence = List.copyOf(evidence);
  }

  /** A cause whose cure saves all the time that it explains. */
  Cause(
      String rule,
      @Nullable RelationName relation,
      PlanNode node,
      Set<String> explains,
      String title,
      String explanation,
      List<Evidence> evidence,
      double timeShare,
      Remedy remedy) {
    this(
        rule, relation, node, explains, title, explanation, evidence, timeShare, timeShare, remedy);
  }

  /**
   * The columns that the node's conditions and order name: they tell two causes on one relation
   * apart.
   */
  Set<String> columns() {
    Set<String> columns = new TreeSet<>();
    Stream.of(
            node.conditions().filter(),
            node.conditions().indexCondition(),
            node.conditions().joinFilter())
        .filter(Objects::nonNull)
        .flatMap(condition -> ConditionReader.read(condition).columns().stream())
        .map(Operand.Column::name)
        .forEach(columns::add);
    node.sortKey().stream()
        .flatMap(key -> SortKey.read(key).operand().columns().stream())
        .map(Operand.Column::name)
        .forEach(columns::add);
    return columns;
  }
}
