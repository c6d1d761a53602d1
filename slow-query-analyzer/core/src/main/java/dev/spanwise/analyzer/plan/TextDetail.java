package dev.spanwise.analyzer.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The lines below a node in text output, as the fields that JSON output has for them. */
final class TextDetail {

  private static final Pattern LINE = Pattern.compile("([^:]+):(?:\\s+(.*))?", Pattern.DOTALL);
  private static final Pattern WORKER = Pattern.compile("Worker ([0-9]+)");

  /** Two spaces stand between columns; a page may have made one of them. */
  private static final Pattern COLUMNS =
      Pattern.compile(
          "\\s{2,}|(?<!Peak|Average) (?=(?:Memory|Disk|Batches|Memory Usage|Disk Usage): )");

  private static final Pattern KILOBYTES = Pattern.compile("([0-9]+) ?kB");
  private static final Pattern CHANGED = Pattern.compile("([0-9]+) \\(originally ([0-9]+)\\)");
  private static final Pattern SAMPLING =
      Pattern.compile("(.*?) \\((.*?)\\)(?: REPEATABLE \\((.*)\\))?", Pattern.DOTALL);

  private static final Map<String, String> JSON_NAMES =
      Map.of(
          "Memory Usage", "Peak Memory Usage",
          "Hits", "Cache Hits",
          "Misses", "Cache Misses",
          "Evictions", "Cache Evictions",
          "Overflows", "Cache Overflows");

  /** Text output draws what JSON and YAML output name so. */
  private static final Set<String> DRAWN =
      Set.of("Plan", "Plans", "Node Type", "Workers", "Target Tables");

  private TextDetail() {}

  /** The name before the first colon, or the whole line where there is none. */
  static String name(TextLine line) {
    int colon = line.text().indexOf(':');
    return colon < 0 ? line.text() : line.text().substring(0, colon);
  }

  /**
   * Reads {@code line} into {@code owner}.
   *
   * @return what deeper lines belong to, if not to {@code owner}
   */
  static @Nullable ObjectNode put(TextLine line, ObjectNode owner) throws PlanFormatException {
    Matcher matcher = LINE.matcher(line.text());
    if (!matcher.matches()) {
      throw line.refused("expected a node, a \"Name: value\" line or the name of a subplan");
    }
    String name = matcher.group(1);
    String value = matcher.group(2);
    if (DRAWN.contains(name)) {
      throw line.refused("\"" + name + "\" is no line of text output, but of another format");
    }
    Matcher worker = WORKER.matcher(name);
    if (worker.matches()) {
      ObjectNode block = worker(owner, worker.group(1));
      if (value != null && !TextNode.putMeasured(block, value)) {
        put(new TextLine(line.number(), line.indent(), value), block);
      }
      return block;
    }
    if (value == null) {
      return owner.withObjectProperty(name);
    }
    putField(owner, name, value, line.text());
    return null;
  }

  /** A worker's lines can stand in several places below its node. */
  private static ObjectNode worker(ObjectNode owner, String number) {
    ArrayNode workers = owner.withArrayProperty("Workers");
    for (var worker : workers) {
      if (worker.path("Worker Number").asText().equals(number)) {
        return (ObjectNode) worker;
      }
    }
    return workers.addObject().put("Worker Number", number);
  }

  private static void putField(ObjectNode owner, String name, String value, String line) {
    switch (name) {
      case "Sort Key", "Group Key", "Hash Key" -> putKeys(owner, name, value);
      case "Output" -> ExpressionList.split(value).forEach(owner.withArrayProperty(name)::add);
      case "Buffers" -> TextCounters.putBuffers(owner, value);
      case "I/O Timings" -> TextCounters.putTimings(owner, value);
      case "WAL" -> TextCounters.putWal(owner, value);
      case "Heap Blocks" -> TextCounters.putHeapBlocks(owner, value);
      case "Tuples" -> TextCounters.putTuples(owner, value);
      case "Memory" -> TextCounters.putMemory(owner, value);
      case "Options", "Timing" -> TextCounters.putJit(owner.withObjectProperty(name), value);
      case "Full-sort Groups", "Full-sort Group", "Pre-sorted Groups", "Pre-sorted Group" ->
          putSortGroups(owner.withObjectProperty(name.endsWith("s") ? name : name + "s"), line);
      case "Sampling" -> putSampling(owner, value);
      case "Sort Method",
          "Buckets",
          "Batches",
          "Planned Partitions",
          "Hits",
          "Storage",
          "Memory Usage",
          "Peak Memory Usage" -> {
        for (String column : COLUMNS.split(line, -1)) {
          putColumn(owner, column);
        }
      }
      default -> owner.put(name, value);
    }
  }

  /** An aggregate with grouping sets has a line for each; see {@link PlanNode#details()}. */
  private static void putKeys(ObjectNode owner, String name, String value) {
    boolean aggregate = owner.path("Node Type").asText().equals("Aggregate");
    if (!aggregate && name.equals("Sort Key")) {
      ExpressionList.split(value).forEach(owner.withArrayProperty(name)::add);
      return;
    }
    String sets = owner.path("Grouping Sets").asText("");
    boolean single = name.equals("Group Key") && !value.equals("()");
    if (sets.isEmpty() && single && !owner.has(name)) {
      owner.put(name, value);
      return;
    }
    if (owner.has("Group Key")) {
      sets = "Group Key: " + owner.remove("Group Key").asText();
    }
    owner.put("Grouping Sets", (sets.isEmpty() ? "" : sets + "; ") + name + ": " + value);
  }

  private static void putColumn(ObjectNode owner, String column) {
    int colon = column.indexOf(": ");
    String name = colon < 0 ? column : column.substring(0, colon);
    String value = withoutUnit(colon < 0 ? "" : column.substring(colon + 2));
    Matcher changed = CHANGED.matcher(value);
    switch (name) {
      case "Memory", "Disk" -> owner.put("Sort Space Used", value).put("Sort Space Type", name);
      case "Buckets", "Batches" -> {
        boolean hash = owner.path("Node Type").asText().equals("Hash");
        boolean grew = changed.matches();
        owner.put((hash ? "Hash " : "HashAgg ") + name, grew ? changed.group(1) : value);
        if (hash) {
          owner.put("Original Hash " + name, grew ? changed.group(2) : value);
        }
      }
      default -> owner.put(JSON_NAMES.getOrDefault(name, name), value);
    }
  }

  private static void putSortGroups(ObjectNode groups, String line) {
    for (String column : COLUMNS.split(line, -1)) {
      int colon = column.indexOf(": ");
      String name = column.substring(0, Math.max(colon, 0));
      String value = withoutUnit(column.substring(colon + 1).strip());
      if (name.startsWith("Average ") || name.startsWith("Peak ")) {
        int space = name.indexOf(' ');
        groups
            .withObjectProperty("Sort Space " + name.substring(space + 1))
            .put(name.substring(0, space) + " Sort Space Used", value);
      } else {
        groups.put(name.startsWith("Sort Method") ? "Sort Methods Used" : "Group Count", value);
      }
    }
  }

  private static void putSampling(ObjectNode owner, String value) {
    Matcher matcher = SAMPLING.matcher(value);
    if (!matcher.matches()) {
      owner.put("Sampling", value);
      return;
    }
    owner.put("Sampling Method", matcher.group(1)).put("Sampling Parameters", matcher.group(2));
    if (matcher.group(3) != null) {
      owner.put("Repeatable Seed", matcher.group(3));
    }
  }

  private static String withoutUnit(String value) {
    Matcher kilobytes = KILOBYTES.matcher(value);
    return kilobytes.matches() ? kilobytes.group(1) : value;
  }
}
