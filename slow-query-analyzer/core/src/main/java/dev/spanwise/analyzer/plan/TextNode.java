package dev.spanwise.analyzer.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The line of a node in text output: its name and its numbers. */
final class TextNode {

  private static final String NUMBER =
      "(-?[0-9]+(?:\\.[0-9]+)?(?:e[+-]?[0-9]+)?|-?[Ii]nf(?:inity)?|-?[Nn]a[Nn])";
  private static final String MEASURED =
      "actual (?:time=%1$s\\.\\.%1$s )?rows=%1$s loops=%1$s".formatted(NUMBER);
  private static final Pattern NUMBERS =
      Pattern.compile(
          "(?:\\s++\\(cost=%1$s\\.\\.%1$s rows=%1$s width=%1$s\\))?".formatted(NUMBER)
              + "(?:\\s++\\((?:(never executed)|%s)\\))?".formatted(MEASURED));
  private static final Pattern GOES_ON =
      Pattern.compile("\\((?:cost=|actual |never executed)[^()]*\\) .*(?::|->) ");
  private static final Pattern ONLY_MEASURED = Pattern.compile(MEASURED);
  private static final Pattern TARGET =
      Pattern.compile("(?:Foreign )?(?:Insert|Update|Delete|Merge) on (.+)");
  private static final Set<String> MEMBERS =
      Set.of("Append", "Merge Append", "BitmapAnd", "BitmapOr");

  private static final String EXPECTED = "expected a node, such as \"Seq Scan on orders\"";

  private TextNode() {}

  /**
   * The fields of the topmost node. Without numbers its name has to be one of PostgreSQL's: other
   * text is no plan of a fork's node.
   */
  static ObjectNode parseTopmost(TextLine line) throws PlanFormatException {
    ObjectNode node = parse(line, line.text());
    if (!hasNumbers(line.text()) && !TextNodeName.isPostgresqls(line.text())) {
      throw line.refused(EXPECTED);
    }
    return node;
  }

  /** Whether {@code text} ends as the line of a node with costs or measurements does. */
  static boolean hasNumbers(String text) {
    if (text.isEmpty() || !Character.isUpperCase(text.charAt(0))) {
      return false;
    }
    return numbers(text).regionStart() < text.length();
  }

  /** What matches the numbers at the line's end from its region's start: where the name ends. */
  private static Matcher numbers(String text) {
    Matcher matcher = NUMBERS.matcher(text);
    int costs = text.lastIndexOf("(cost=");
    int measured = Math.max(text.lastIndexOf("(actual "), text.lastIndexOf("(never "));
    for (int start : new int[] {costs, measured, text.length()}) {
      if (matches(matcher, text, start)) {
        break;
      }
    }
    return matcher;
  }

  /** Whether the line ends with what begins at {@code bracket}, and the space before that. */
  private static boolean matches(Matcher matcher, String text, int bracket) {
    int start = bracket;
    while (start > 0 && Character.isWhitespace(text.charAt(start - 1))) {
      start--;
    }
    return start >= 0 && matcher.region(start, text.length()).matches();
  }

  /** The fields of the node that {@code text}, the line without its arrow, tells. */
  static ObjectNode parse(TextLine line, String text) throws PlanFormatException {
    Matcher matcher = numbers(text);
    String name = text.substring(0, matcher.regionStart());
    if (GOES_ON.matcher(name).find()) {
      throw line.refused(
          "the line goes on after the numbers of its node: the plan's line breaks are lost");
    }
    if (name.isBlank()) {
      throw line.refused("expected a node");
    }
    // Greenplum says "Gather Motion 3:1  (slice1; segments: 3)".
    int bracket = name.indexOf('(');
    String words = bracket < 0 ? name : name.substring(0, bracket);
    if (!Character.isUpperCase(name.charAt(0)) || (words.contains(": ") && !name.contains("\""))) {
      throw line.refused(EXPECTED);
    }
    ObjectNode node = TextNodeName.parse(name);
    put(node, "Startup Cost", matcher.group(1));
    put(node, "Total Cost", matcher.group(2));
    put(node, "Plan Rows", matcher.group(3));
    put(node, "Plan Width", matcher.group(4));
    if (matcher.group(5) == null) {
      putMeasured(node, matcher, 6);
    } else {
      node.put("Actual Rows", "0");
      node.put("Actual Loops", "0");
    }
    return node;
  }

  /** Reads what a line such as {@code Worker 0: actual time=…} measured into {@code block}. */
  static boolean putMeasured(ObjectNode block, String text) {
    Matcher matcher = ONLY_MEASURED.matcher(text);
    if (!matcher.matches()) {
      return false;
    }
    putMeasured(block, matcher, 1);
    return true;
  }

  private static void putMeasured(ObjectNode node, Matcher matcher, int group) {
    put(node, "Actual Startup Time", matcher.group(group));
    put(node, "Actual Total Time", matcher.group(group + 1));
    put(node, "Actual Rows", matcher.group(group + 2));
    put(node, "Actual Loops", matcher.group(group + 3));
  }

  private static void put(ObjectNode node, String field, @Nullable String value) {
    if (value != null) {
      node.put(field, value);
    }
  }

  /** Hangs {@code node} under {@code parent}, as JSON output names the relationship. */
  static void place(ObjectNode node, ObjectNode parent, @Nullable String subplanName) {
    node.put("Parent Relationship", relationship(parent, subplanName));
    if (subplanName != null) {
      node.put("Subplan Name", subplanName);
    }
    parent.withArrayProperty("Plans").add(node);
  }

  private static String relationship(ObjectNode parent, @Nullable String subplanName) {
    if (subplanName != null) {
      return subplanName.startsWith("SubPlan") ? "SubPlan" : "InitPlan";
    }
    String type = parent.path("Node Type").asText();
    if (MEMBERS.contains(type)) {
      return "Member";
    }
    if (type.equals("Subquery Scan")) {
      return "Subquery";
    }
    for (var sibling : parent.path("Plans")) {
      if (!sibling.has("Subplan Name")) {
        return "Inner";
      }
    }
    return "Outer";
  }

  /** Whether {@code text} is one of the tables that a partitioned table's change goes to. */
  static boolean isTarget(ObjectNode owner, String text) {
    return owner.has("Operation") && TARGET.matcher(text).matches();
  }

  static void addTarget(ObjectNode owner, String text) {
    Matcher matcher = TARGET.matcher(text);
    if (matcher.matches()) {
      ObjectNode target = JsonNodeFactory.instance.objectNode();
      TextNodeName.putRelation(target, "Relation Name", matcher.group(1));
      owner.withArrayProperty("Target Tables").add(target);
    }
  }
}
