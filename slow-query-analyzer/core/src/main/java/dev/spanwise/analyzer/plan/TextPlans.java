package dev.spanwise.analyzer.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads text output by rebuilding the tree that JSON output would have printed, so that one reader
 * decides what a field means.
 */
final class TextPlans {

  private static final String QUERY_TEXT = "Query Text: ";
  private static final String QUERY_PARAMETERS = "Query Parameters: ";

  private static final int STARTS_TRIED = 50;

  private TextPlans() {}

  static List<Plan> read(List<TextLine> lines) throws PlanFormatException {
    TextLine first = lines.get(0);
    if (first.text().startsWith(QUERY_TEXT)) {
      return List.of(logged(lines));
    }
    List<Plan> plans = new ArrayList<>();
    for (ObjectNode plan : trees(lines)) {
      plans.add(JsonPlans.plan(plan));
    }
    return plans;
  }

  private static List<ObjectNode> trees(List<TextLine> lines) throws PlanFormatException {
    List<ObjectNode> trees = new ArrayList<>();
    int next = 0;
    while (next < lines.size()) {
      String text = lines.get(next).text();
      if (text.isEmpty()
          || text.equals("Utility statements have no plan structure")
          || text.equals("Query rewrites to nothing")) {
        next++;
      } else {
        TextTree tree = new TextTree(lines, next);
        next = tree.read();
        trees.add(tree.plan());
      }
    }
    return trees;
  }

  /**
   * auto_explain prints the statement first, whose lines can look like anything: the plan starts at
   * the first node line from which all that follows is a plan.
   */
  private static Plan logged(List<TextLine> lines) throws PlanFormatException {
    TextLine first = lines.get(0);
    PlanFormatException refused =
        first.refused("expected a plan below the query text, found no node at its indentation");
    for (int i : starts(lines)) {
      try {
        ObjectNode plan = onlyTree(lines, i);
        if (plan != null) {
          putQuery(lines.subList(0, i), plan);
          return JsonPlans.plan(plan);
        }
      } catch (PlanFormatException notThePlan) {
        refused = notThePlan;
      }
    }
    throw refused;
  }

  /** The last lines that could begin a plan, of which one does unless its literals look so too. */
  private static List<Integer> starts(List<TextLine> lines) {
    Deque<Integer> starts = new ArrayDeque<>();
    for (int i = 1; i < lines.size(); i++) {
      TextLine line = lines.get(i);
      if (line.indent() <= lines.get(0).indent() + 1 && TextNode.hasNumbers(line.text())) {
        starts.add(i);
        if (starts.size() > STARTS_TRIED) {
          starts.removeFirst();
        }
      }
    }
    return List.copyOf(starts);
  }

  /** The plan that begins at a line and ends with the last; null where something follows it. */
  private static @Nullable ObjectNode onlyTree(List<TextLine> lines, int start)
      throws PlanFormatException {
    TextTree tree = new TextTree(lines, start);
    return tree.read() < lines.size() ? null : tree.plan();
  }

  private static void putQuery(List<TextLine> lines, ObjectNode plan) {
    int end = lines.size();
    for (int i = lines.size() - 1; i > 0; i--) {
      if (lines.get(i).text().startsWith(QUERY_PARAMETERS + "$1 = ")) {
        plan.put("Query Parameters", text(lines.subList(i, end), QUERY_PARAMETERS));
        end = i;
        break;
      }
    }
    plan.put("Query Text", text(lines.subList(0, end), QUERY_TEXT));
  }

  private static String text(List<TextLine> lines, String label) {
    return lines.stream()
        .map(TextLine::raw)
        .collect(Collectors.joining("\n"))
        .stripLeading()
        .substring(label.length());
  }
}
