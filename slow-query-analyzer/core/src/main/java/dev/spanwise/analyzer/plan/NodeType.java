package dev.spanwise.analyzer.plan;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The node types that rules look at; any other stays {@link #OTHER} with its name in {@link
 * PlanNode#typeName()}.
 */
public enum NodeType {
  AGGREGATE("Aggregate"),
  APPEND("Append"),
  BITMAP_AND("BitmapAnd"),
  BITMAP_HEAP_SCAN("Bitmap Heap Scan"),
  BITMAP_INDEX_SCAN("Bitmap Index Scan"),
  BITMAP_OR("BitmapOr"),
  CTE_SCAN("CTE Scan"),
  FOREIGN_SCAN("Foreign Scan"),
  FUNCTION_SCAN("Function Scan"),
  GATHER("Gather"),
  GATHER_MERGE("Gather Merge"),
  GROUP("Group"),
  HASH("Hash"),
  HASH_JOIN("Hash Join"),
  INCREMENTAL_SORT("Incremental Sort"),
  INDEX_ONLY_SCAN("Index Only Scan"),
  INDEX_SCAN("Index Scan"),
  LIMIT("Limit"),
  LOCK_ROWS("LockRows"),
  MATERIALIZE("Materialize"),
  MEMOIZE("Memoize"),
  MERGE_APPEND("Merge Append"),
  MERGE_JOIN("Merge Join"),
  MODIFY_TABLE("ModifyTable"),
  NESTED_LOOP("Nested Loop"),
  RESULT("Result"),
  SAMPLE_SCAN("Sample Scan"),
  SEQ_SCAN("Seq Scan"),
  SET_OP("SetOp"),
  SORT("Sort"),
  SUBQUERY_SCAN("Subquery Scan"),
  TID_SCAN("Tid Scan"),
  UNIQUE("Unique"),
  VALUES_SCAN("Values Scan"),
  WINDOW_AGG("WindowAgg"),
  OTHER("");

  private static final Map<String, NodeType> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(type -> type.printed, Function.identity()));

  private final String printed;

  NodeType(String printed) {
    this.printed = printed;
  }

  /** The type that JSON output calls {@code "Node Type": name}. */
  public static NodeType named(String name) {
    return BY_NAME.getOrDefault(name, OTHER);
  }
}
