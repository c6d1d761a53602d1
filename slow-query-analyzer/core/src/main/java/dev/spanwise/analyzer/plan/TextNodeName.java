package dev.spanwise.analyzer.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a node's name apart: text output says {@code Parallel Hash Left Join} where JSON output has
 * four fields.
 */
final class TextNodeName {

  private static final Pattern SCANNED = Pattern.compile(" (?:using|on) ");
  private static final Pattern CUSTOM = Pattern.compile("Custom Scan \\((.*)\\)");
  private static final Pattern JOIN =
      Pattern.compile(
          "(Hash|Merge|Nested Loop)(?: (Left|Right|Full|(?:Right )?(?:Semi|Anti)))? Join");
  private static final Pattern SET_OPERATION =
      Pattern.compile("(Hash)?SetOp (Intersect|Intersect All|Except|Except All)");
  private static final Pattern CHANGE = Pattern.compile("(Foreign )?(Insert|Update|Delete|Merge)");
  private static final Pattern AGGREGATE =
      Pattern.compile("(?:(Partial|Finalize) )?(|Group|Hash|Mixed)Aggregate");
  private static final Map<String, String> STRATEGIES =
      Map.of("", "Plain", "Group", "Sorted", "Hash", "Hashed", "Mixed", "Mixed");

  /** Node types that {@link NodeType} leaves out. */
  private static final Set<String> OTHER_TYPES =
      Set.of(
          "Custom Scan",
          "Named Tuplestore Scan",
          "ProjectSet",
          "Recursive Union",
          "Table Function Scan",
          "Tid Range Scan",
          "WorkTable Scan");

  /** Scans that need not be of one table: a join on another server is a foreign scan, too. */
  private static final Set<String> OF_ANYTHING = Set.of("Custom Scan", "Foreign Scan");

  private static final Pattern NAME =
      Pattern.compile("\"([^\"]*+(?:\"\"[^\"]*+)*+)\"|([^\\s.\"]++)");

  private TextNodeName() {}

  static ObjectNode parse(String name) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    Matcher scanned = SCANNED.matcher(name);
    boolean scans = scanned.find();
    String type = scans ? name.substring(0, scanned.start()) : name;
    if (type.startsWith("Parallel ")) {
      node.put("Parallel Aware", true);
      type = type.substring("Parallel ".length());
    }
    if (type.startsWith("Async ")) {
      node.put("Async Capable", true);
      type = type.substring("Async ".length());
    }
    putType(node, type);
    if (scans) {
      putScanned(node, name.substring(scanned.start() + 1));
    }
    return node;
  }

  /** Whether PostgreSQL itself prints such a name; of a scan or a change, with what it is on. */
  static boolean isPostgresqls(String name) {
    String type = parse(name).path("Node Type").asText();
    boolean known = NodeType.named(type) != NodeType.OTHER || OTHER_TYPES.contains(type);
    boolean onSomething = type.endsWith(" Scan") || type.equals("ModifyTable");
    return known && (OF_ANYTHING.contains(type) || SCANNED.matcher(name).find() == onSomething);
  }

  private static void putType(ObjectNode node, String type) {
    Matcher join = JOIN.matcher(type);
    Matcher setOperation = SET_OPERATION.matcher(type);
    Matcher change = CHANGE.matcher(type);
    Matcher aggregate = AGGREGATE.matcher(type);
    Matcher custom = CUSTOM.matcher(type);
    if (type.equals("Nested Loop")) {
      node.put("Node Type", type);
      node.put("Join Type", "Inner");
    } else if (join.matches()) {
      String method = join.group(1);
      node.put("Node Type", method.equals("Nested Loop") ? method : method + " Join");
      node.put("Join Type", join.group(2) == null ? "Inner" : join.group(2));
    } else if (setOperation.matches()) {
      node.put("Node Type", "SetOp");
      node.put("Strategy", setOperation.group(1) == null ? "Sorted" : "Hashed");
      node.put("Command", setOperation.group(2));
    } else if (change.matches()) {
      node.put("Node Type", change.group(1) == null ? "ModifyTable" : "Foreign Scan");
      node.put("Operation", change.group(2));
    } else if (aggregate.matches()) {
      node.put("Node Type", "Aggregate");
      node.put("Strategy", STRATEGIES.get(aggregate.group(2)));
      node.put("Partial Mode", aggregate.group(1) == null ? "Simple" : aggregate.group(1));
    } else if (custom.matches()) {
      node.put("Node Type", "Custom Scan");
      node.put("Custom Plan Provider", custom.group(1));
    } else if (type.equals("Index Scan Backward") || type.equals("Index Only Scan Backward")) {
      node.put("Node Type", type.substring(0, type.length() - " Backward".length()));
      node.put("Scan Direction", "Backward");
    } else {
      node.put("Node Type", type);
    }
  }

  private static void putScanned(ObjectNode node, String scanned) {
    String target = scanned;
    Matcher name = NAME.matcher(target);
    if (target.startsWith("using ") && name.find("using ".length())) {
      node.put("Index Name", name(name));
      target = target.substring(name.end()).stripLeading();
    }
    if (!target.startsWith("on ")) {
      return;
    }
    target = target.substring("on ".length());
    switch (node.path("Node Type").asText()) {
      case "Bitmap Index Scan" -> node.put("Index Name", names(target).get(0));
      case "Function Scan" -> putRelation(node, "Function Name", target);
      case "Table Function Scan" -> putRelation(node, "Table Function Name", target);
      case "CTE Scan", "WorkTable Scan" -> putRelation(node, "CTE Name", target);
      case "Named Tuplestore Scan" -> putRelation(node, "Tuplestore Name", target);
      case "Subquery Scan", "Values Scan" -> node.put("Alias", names(target).get(0));
      default -> putRelation(node, "Relation Name", target);
    }
  }

  /** Reads {@code schema.name alias}; the alias is printed only where it differs from the name. */
  static void putRelation(ObjectNode node, String field, String target) {
    List<String> names = names(target);
    Matcher first = NAME.matcher(target);
    boolean qualified =
        first.find() && first.end() < target.length() && target.charAt(first.end()) == '.';
    int name = qualified && names.size() > 1 ? 1 : 0;
    if (name == 1) {
      node.put("Schema", names.get(0));
    }
    node.put(field, names.get(name));
    node.put("Alias", names.get(names.size() - 1));
  }

  private static List<String> names(String target) {
    List<String> names = new ArrayList<>();
    Matcher matcher = NAME.matcher(target);
    while (matcher.find()) {
      names.add(name(matcher));
    }
    return names.isEmpty() ? List.of(target) : names;
  }

  private static String name(Matcher matcher) {
    String quoted = matcher.group(1);
    return quoted == null ? matcher.group(2) : quoted.replace("\"\"", "\"");
  }
}
