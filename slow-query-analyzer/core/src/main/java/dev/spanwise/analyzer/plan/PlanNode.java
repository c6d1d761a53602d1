package dev.spanwise.analyzer.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One node of a plan with its children, in the terms of EXPLAIN's JSON output.
 *
 * @param pointer JSON pointer of the node in EXPLAIN's JSON output, such as {@code /Plan/Plans/0};
 *     the same for text output, which holds the same tree
 * @param type the node type
 * @param typeName the node type as JSON output prints it: text output's {@code Parallel Seq Scan}
 *     is a parallel-aware {@code Seq Scan}
 * @param position how it hangs in the plan
 * @param target what it reads or changes
 * @param conditions its conditions, literals included
 * @param sortKey {@code Sort Key}, each with its {@code DESC} and {@code NULLS …}; empty for other
 *     nodes
 * @param output {@code Output}, printed with VERBOSE only
 * @param estimate what the planner expected; null with COSTS OFF
 * @param actual what the executor measured; null without ANALYZE
 * @param buffers blocks touched; null without BUFFERS
 * @param details every other field by its JSON name, such as {@code Sort Method} or {@code Workers
 *     Launched}; literals included. A list of strings is joined as text output prints it, a field
 *     inside an object or array has the path as its name: {@code Workers.0.Sort Method}. {@code
 *     Grouping Sets} holds the lines of text output. Text output leaves out most fields that are
 *     zero or false, and some that JSON alone has, such as {@code Inner Unique}
 * @param children child nodes in printed order
 */
public record PlanNode(
    String pointer,
    NodeType type,
    String typeName,
    Position position,
    Target target,
    Conditions conditions,
    List<String> sortKey,
    List<String> output,
    @Nullable Estimate estimate,
    @Nullable Actual actual,
    @Nullable Buffers buffers,
    Map<String, String> details,
    List<PlanNode> children) {

  public PlanNode {
    sortKey = List.copyOf(sortKey);
    output = List.copyOf(output);
    details = Map.copyOf(details);
    children = List.copyOf(children);
  }

  /** This node and all below it, parents first. */
  public Stream<PlanNode> nodes() {
    List<PlanNode> nodes = new ArrayList<>();
    addTo(nodes);
    return nodes.stream();
  }

  private void addTo(List<PlanNode> nodes) {
    nodes.add(this);
    children.forEach(child -> child.addTo(nodes));
  }

  /** A numeric detail, or null where it is missing or not a number. */
  public @Nullable Double number(String detail) {
    String value = details.get(detail);
    if (value == null) {
      return null;
    }
    try {
      return Double.valueOf(value);
    } catch (NumberFormatException notANumber) {
      return null;
    }
  }
}
