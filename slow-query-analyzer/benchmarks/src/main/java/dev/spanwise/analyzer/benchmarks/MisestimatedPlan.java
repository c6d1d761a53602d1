package dev.spanwise.analyzer.benchmarks;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A plan in which nearly every step is wrong: a chain of nested loops, each joined with a whole
 * table for rows that were expected to be one, and each sorted on disk.
 */
final class MisestimatedPlan {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int ROWS = 5_000;
  private static final double SCAN_MS = 20;
  private static final double JOIN_MS = 130;

  private MisestimatedPlan() {}

  /** EXPLAIN's JSON of a chain with so many nodes at most. */
  static String json(int nodes) {
    ObjectNode chain = scan("t", 1, SCAN_MS);
    for (int join = 1; 3 * join + 1 <= nodes; join++) {
      ObjectNode sort = node("Sort", ROWS, 1, SCAN_MS + join * JOIN_MS);
      sort.putArray("Sort Key").add("t.account_id").add("t.executed_at DESC");
      sort.put("Sort Method", "external merge").put("Sort Space Used", 90_000);
      sort.put("Sort Space Type", "Disk").putArray("Plans").add(chain);
      chain = node("Nested Loop", ROWS, 1, SCAN_MS + (join + 1) * JOIN_MS);
      chain.put("Join Type", "Inner");
      chain.put(
          "Join Filter", "((t.account_id = u%d.a) OR (t.owner = u%d.b))".formatted(join, join));
      chain.putArray("Plans").add(sort).add(scan("u" + join, ROWS, SCAN_MS / ROWS));
    }
    ObjectNode output = JSON.createObjectNode();
    output.set("Plan", chain);
    return output.toString();
  }

  private static ObjectNode scan(String table, long loops, double ms) {
    return node("Seq Scan", loops == 1 ? ROWS : 1, loops, ms)
        .put("Relation Name", table)
        .put("Schema", "public")
        .put("Alias", table)
        .put("Filter", "((a = 5) AND (b = 'x'::text) AND (lower(c) = 'k'::text))")
        .put("Rows Removed by Filter", 100_000);
  }

  private static ObjectNode node(String type, long rows, long loops, double ms) {
    return JSON.createObjectNode()
        .put("Node Type", type)
        .put("Startup Cost", 0)
        .put("Total Cost", 1_000)
        .put("Plan Rows", 1)
        .put("Plan Width", 8)
        .put("Actual Startup Time", 0)
        .put("Actual Total Time", ms)
        .put("Actual Rows", rows)
        .put("Actual Loops", loops);
  }
}
