package dev.spanwise.analyzer.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields that leave with a plan, and what may stand in each. A field that is not named here is
 * dropped: what PostgreSQL or an extension adds tomorrow may hold a literal.
 */
enum SafeFields {
  /** Names of schema objects and aliases: kept. */
  NAME,
  /** A number, or one of PostgreSQL's own words: kept where it is one of these, dropped if not. */
  VALUE,
  /** An expression: kept without its literals. */
  EXPRESSION,
  /** Expressions or names between commas: kept without their literals. */
  EXPRESSIONS;

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(?:\\.[0-9]+)?");

  private static final Map<String, SafeFields> FIELDS = new HashMap<>();

  static {
    declare(NAME, "Custom Plan Provider", "Sampling Method", "Schema", "Relation Name", "Alias");
    declare(
        EXPRESSION,
        "TID Cond",
        "Run Condition",
        "Cache Key",
        "Function Call",
        "Table Function Call",
        "Conflict Filter",
        "Window",
        "Sampling Parameters",
        "Repeatable Seed",
        "Grouping Sets",
        "Relations");
    declare(
        EXPRESSIONS, "Group Key", "Presorted Key", "Params Evaluated", "Conflict Arbiter Indexes");
    declare(
        VALUE,
        "Join Type",
        "Inner Unique",
        "Strategy",
        "Partial Mode",
        "Operation",
        "Command",
        "Scan Direction",
        "Async Capable",
        "Single Copy",
        "Disabled",
        "Cache Mode",
        "Conflict Resolution",
        "Storage",
        "Sort Method",
        "Sort Methods Used",
        "Sort Space Type",
        "Format",
        "Expressions");
    declare(
        VALUE,
        "Workers Planned",
        "Workers Launched",
        "Worker Number",
        "Subplans Removed",
        "Heap Fetches",
        "Index Searches",
        "Exact Heap Blocks",
        "Lossy Heap Blocks",
        "Hash Buckets",
        "Original Hash Buckets",
        "Hash Batches",
        "Original Hash Batches",
        "HashAgg Batches",
        "Planned Partitions",
        "Peak Memory Usage",
        "Disk Usage",
        "Sort Space Used",
        "Average Sort Space Used",
        "Peak Sort Space Used",
        "Group Count",
        "Cache Hits",
        "Cache Misses",
        "Cache Evictions",
        "Cache Overflows",
        "Maximum Storage",
        "Rows Removed by Conflict Filter",
        "Tuples Inserted",
        "Tuples Updated",
        "Tuples Deleted",
        "Tuples Skipped",
        "Conflicting Tuples",
        "Actual Startup Time",
        "Actual Total Time",
        "Actual Rows",
        "Actual Loops",
        "WAL Records",
        "WAL FPI",
        "WAL Bytes",
        "WAL Buffers Full",
        "Memory Used",
        "Memory Allocated",
        "Time",
        "Output Volume",
        "Functions",
        "Generation",
        "Inlining",
        "Optimization",
        "Emission",
        "Deforming",
        "Deform",
        "Total");
    for (String scope : List.of("Shared ", "Local ", "Temp ")) {
      for (String counter : List.of("Hit", "Read", "Dirtied", "Written")) {
        declare(VALUE, scope + counter + " Blocks");
      }
    }
    for (String scope : List.of("", "Shared ", "Local ", "Temp ")) {
      declare(VALUE, scope + "I/O Read Time", scope + "I/O Write Time");
    }
  }

  /** Objects and lists that hold such fields. */
  private static final Set<String> CONTAINERS =
      Set.of(
          "Workers",
          "Target Tables",
          "Full-sort Groups",
          "Pre-sorted Groups",
          "Sort Space Memory",
          "Sort Space Disk",
          "JIT",
          "Options",
          "Timing",
          "Generation",
          "Planning",
          "Serialization");

  private static final Set<String> WORDS =
      Set.of(
          "true",
          "false",
          "Inner",
          "Left",
          "Right",
          "Full",
          "Semi",
          "Anti",
          "Right Semi",
          "Right Anti",
          "Plain",
          "Sorted",
          "Hashed",
          "Mixed",
          "Simple",
          "Partial",
          "Finalize",
          "Insert",
          "Update",
          "Delete",
          "Merge",
          "Select",
          "Intersect",
          "Intersect All",
          "Except",
          "Except All",
          "Forward",
          "Backward",
          "NoMovement",
          "logical",
          "binary",
          "NOTHING",
          "UPDATE",
          "SELECT",
          "Memory",
          "Disk",
          "quicksort",
          "top-N heapsort",
          "external sort",
          "external merge",
          "still in progress",
          "text");

  private static final Set<String> RELATIONSHIPS =
      Set.of("Outer", "Inner", "Member", "InitPlan", "SubPlan", "Subquery", "child", "children");

  private static final Pattern PLAIN_SETTING =
      Pattern.compile(
          "on|off|auto|-?[0-9]+(?:\\.[0-9]+)?(?:e[+-]?[0-9]+)?(?:B|kB|MB|GB|TB|us|ms|s|min|h|d)?");

  private static void declare(SafeFields kind, String... names) {
    for (String name : names) {
      FIELDS.put(name, kind);
    }
  }

  /** What may leave of the field at {@code path}, a name of {@link PlanNode#details()}. */
  static @Nullable SafeFields at(List<String> path) {
    for (String container : path.subList(0, path.size() - 1)) {
      if (!CONTAINERS.contains(container) && !isNumber(container)) {
        return null;
      }
    }
    return FIELDS.get(path.get(path.size() - 1));
  }

  /** Whether {@code value} is a number or only words that PostgreSQL itself has for a value. */
  static boolean isValue(String value) {
    if (isNumber(value)) {
      return true;
    }
    for (String word : value.split(", ", -1)) {
      if (!WORDS.contains(word)) {
        return false;
      }
    }
    return true;
  }

  static boolean isNumber(String value) {
    return value.length() <= JsonText.MOST_DIGITS && NUMBER.matcher(value).matches();
  }

  static boolean isRelationship(String value) {
    return RELATIONSHIPS.contains(value);
  }

  /** A setting's value: a switch or a quantity as it is, anything else without its literals. */
  static String setting(String value) {
    return PLAIN_SETTING.matcher(value).matches() ? value : "?";
  }
}
